import type { CompareRule } from "../model/index.ts";
import { matchesGlob } from "./glob.ts";

/** The first rule that names the output: a path, or "stdout:NAME" for a command's console text. */
export function ruleFor(output: string, rules: readonly CompareRule[]): CompareRule | null {
  return rules.find(({ paths }) => paths.some((glob) => matchesGlob(glob, output))) ?? null;
}
