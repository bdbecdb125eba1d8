import { ToolError } from "../model/index.ts";

/** The count that an option (as it is typed) gives, or `otherwise` where it is left out. Throws USAGE. */
export function countOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
  otherwise: number,
  least = 1,
  what = "count of runs",
): number {
  const value = options[name.replace(/-\w/gu, (match) => match.slice(1).toUpperCase())];
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (Number.isInteger(count) && count >= least && count <= 1000) return count;
  throw new ToolError("USAGE", `--${name}: "${String(value)}" is no ${what}`, {
    hint: `Give a whole number from ${least} to 1000.`,
  });
}
