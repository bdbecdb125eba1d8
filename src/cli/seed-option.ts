import { ToolError } from "../model/index.ts";

/** NumPy's seeds and the hash seed have 32 bits. */
const largest = 2 ** 32 - 1;

/** The seed that `--seed` gives; null where it is left out. Throws USAGE. */
export function seedOption(options: Readonly<Record<string, unknown>>): number | null {
  const value = options["seed"];
  if (value === undefined) return null;
  const seed = /^\d{1,10}$/u.test(String(value)) ? Number(value) : Number.NaN;
  if (seed <= largest) return seed;
  throw new ToolError("USAGE", `--seed: "${String(value)}" is no seed`, {
    hint: `Give a whole number from 0 to ${largest}.`,
  });
}
