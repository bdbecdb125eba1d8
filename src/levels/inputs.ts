import type { Proof } from "../model/index.ts";
import { daysBetween, sha256, type TreeEntry } from "../system/index.ts";

/** Digest of each input by path, the mode's execute bit included. */
export type Inputs = ReadonlyMap<string, string>;

/** The inputs that a listing holds, from the digests of its entries' contents. */
export function inputsOf(entries: readonly TreeEntry[], digests: ReadonlyMap<string, string>): Inputs {
  const mark = (entry: TreeEntry): string => ((entry.mode & 0o111) === 0 ? "" : "x");
  return new Map(entries.map((entry) => [entry.path, `${digests.get(entry.path) ?? ""}${mark(entry)}`]));
}

/** One digest over all inputs (sha256 of their sorted list), without the proof itself and .rung/. */
export function inputsDigest(inputs: Inputs): string {
  return sha256(inputsText(inputs));
}

/** The inputs as text, a line each; kept as a blob, so that later it can be said what changed. */
export function inputsText(inputs: Inputs): string {
  const lines = [...inputs].map(([path, digest]) => `${digest} ${JSON.stringify(path)}`);
  return `${lines.sort().join("\n")}\n`;
}

export function readInputs(text: string): Inputs {
  const inputs = new Map<string, string>();
  for (const line of text.split("\n")) {
    const space = line.indexOf(" ");
    if (space > 0) inputs.set(JSON.parse(line.slice(space + 1)) as string, line.slice(0, space));
  }
  return inputs;
}

/** Paths that were added, changed or removed between two states, sorted. */
export function changedInputs(before: Inputs, after: Inputs): readonly string[] {
  const changed = [...after].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);
  const removed = [...before.keys()].filter((path) => !after.has(path));
  return [...changed, ...removed].sort();
}

/** Days for which a proof of levels 1 and 2 counts, since they rest on what the index serves. */
const proofAgeDays = 30;

export type Staleness = { readonly reason: string; readonly changed: readonly string[] } | null;

/**
 * Why a proof no longer counts, or null where it does. `earlier` gives the inputs that it was made from; `made` the
 * digests of what its own runs left, which is no change where it lies in the tree now.
 */
export function stalenessOf(
  proof: Proof,
  inputs: Inputs,
  now: string,
  earlier: () => Inputs,
  made: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Staleness {
  if (inputsDigest(inputs) !== proof.inputsDigest) {
    const before = earlier();
    const changed = changedInputs(before, inputs).filter(
      (path) => before.has(path) || made.get(path)?.has((inputs.get(path) ?? "").slice(0, 64)) !== true,
    );
    if (changed.length > 0) return changedSince(changed);
  }
  return agedOut(proof.level, proof.provedAt, now);
}

/** That these inputs changed since a proof, in words. */
export function changedSince(changed: readonly string[]): NonNullable<Staleness> {
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : "";
  return { reason: `changed since the proof: ${changed.slice(0, 3).join(", ")}${more}`, changed };
}

/** That a proof has aged, where its level is one that rests on what the index serves today. */
export function agedOut(level: number, provedAt: string, now: string): Staleness {
  const days = daysBetween(provedAt, now);
  if ((level !== 1 && level !== 2) || days <= proofAgeDays) return null;
  return { reason: `proved ${days} days ago; what the index serves may have changed since`, changed: [] };
}
