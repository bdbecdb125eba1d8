import { ToolError } from "../model/index.ts";

/** Words that name one run or two, and a folder after them: what could be a path is the folder. */
export function runsAndFolder(words: readonly string[]): {
  readonly runs: readonly string[];
  readonly directory: string;
} {
  const last = words.at(-1) ?? "";
  const hasFolder = words.length > 1 && (/[/\\]/u.test(last) || last === "." || last === "..");
  const runs = hasFolder ? words.slice(0, -1) : words;
  if (runs.length > 2)
    throw new ToolError("USAGE", `"${last}" is one run too many`, {
      hint: "Name one run or two; a folder has a / in it.",
    });
  return { runs, directory: hasFolder ? last : "." };
}
