import type { Proof } from "../model/index.ts";
import type { Store } from "../store/index.ts";

/**
 * Digests of the files that a proof's runs left, by path. Such a file in the owner's tree is what a run of theirs put
 * there: the proof, which began without it, still holds.
 */
export function outputsOf(store: Store, proof: Proof): ReadonlyMap<string, ReadonlySet<string>> {
  const outputs = new Map<string, Set<string>>();
  for (const id of proof.runs) {
    for (const { kind, path, digest } of store.run(id)?.outputs ?? []) {
      if (kind !== "file" || digest === null) continue;
      outputs.set(path, (outputs.get(path) ?? new Set()).add(digest));
    }
  }
  return outputs;
}
