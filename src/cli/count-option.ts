import { ToolError } from "../model/index.ts";

/** The count that an option gives, or `otherwise` where it is left out. Throws USAGE. */
export function countOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
  otherwise: number,
  least = 1,
): number {
  const value = options[name];
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (Number.isInteger(count) && count >= least && count <= 1000) return count;
  throw new ToolError("USAGE", `--${name}: "${String(value)}" is no count`, {
    hint: `Give a whole number from ${least} to 1000.`,
  });
}
