import { ToolError } from "../model/index.ts";

/** The highest level that this release can prove. */
export const highestLevel = 5;

/** The highest that makes nothing large to hand over: what is wanted where nobody says more. */
export const usualLevel = 3;

/** A level as the user wrote it. Throws USAGE. */
export function parseLevel(text: string): number {
  const level = Number(text);
  if (Number.isInteger(level) && level >= 0 && level <= highestLevel) return level;
  const beyond = Number.isInteger(level) && level > highestLevel && level <= 7;
  throw new ToolError(
    "USAGE",
    beyond ? `Level ${level} cannot be proved by this release yet` : `"${text}" is no level`,
    {
      hint: `Give a level from 0 to ${highestLevel}.`,
    },
  );
}

/** The words of `[level] [dir]`, either of which may be left out. */
export function levelAndDirectory(words: readonly string[]): {
  readonly level: number | null;
  readonly directory: string;
} {
  const [first, second] = words;
  if (first === undefined) return { level: null, directory: "." };
  if (/^-?\d+$/u.test(first)) return { level: parseLevel(first), directory: second ?? "." };
  return { level: second === undefined ? null : parseLevel(second), directory: first };
}
