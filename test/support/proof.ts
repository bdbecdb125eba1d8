import type { Proof } from "../../src/model/index.ts";

/** A proof that says nothing but what it is given. */
export function proofWith(parts: Pick<Proof, "level" | "provedAt"> & Partial<Proof>): Proof {
  return {
    schemaVersion: 1,
    verdict: "met",
    evidence: [],
    findings: [],
    inputsDigest: "",
    inputsBlob: "",
    lockDigest: null,
    commit: null,
    notInCommit: [],
    interpreter: "",
    environment: "",
    platform: "",
    isolation: null,
    repeats: 2,
    comparisons: [],
    runs: [],
    referenceDigest: "",
    committed: null,
    resultsReplaced: 0,
    partial: null,
    ...parts,
  };
}
