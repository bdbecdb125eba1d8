import { compareConsoleText } from "./console-text.ts";

/** Whether two printed lines say the same by the rules for consoles: times, addresses and the like may differ. */
export function saysTheSame(before: string, after: string, workPaths: readonly string[]): boolean {
  if (before === after) return true;
  return compareConsoleText(before, after, { tolerances: [], workPaths }).verdict !== "different";
}
