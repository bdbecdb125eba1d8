import { normaliseName } from "../manifests/index.ts";
import type { Need } from "../model/index.ts";
import type { Asked, Attempt } from "./attempt.ts";
import { commandsOf } from "./entries.ts";

/** True for what is declared, and neither imported by what runs nor the program of a command. */
export function isSpare({ name, origin }: Asked, { entries }: Attempt, needs: readonly Need[]): boolean {
  if (origin !== "declared") return false;
  const isNeeded = needs.some(
    ({ distribution, candidates }) => distribution === name || candidates.includes(name),
  );
  const words = entries
    .flatMap(commandsOf)
    .flatMap(({ kind, run }) => (kind === "notebook" ? [] : run.split(/[\s;&|]+/u)));
  const isCalled = words.some((word) => normaliseName(word.split("/").at(-1) ?? "") === name);
  return !isNeeded && !isCalled;
}
