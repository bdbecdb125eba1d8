import type { Environment, Evidence, Isolation } from "../model/index.ts";
import type { Subject } from "./subject.ts";

/** Under which conditions a proof was made, as evidence: each was so, and is kept with the verdict. */
export function environmentEvidence(environment: Environment): Evidence {
  const { interpreter, description, source } = environment;
  const kinds = {
    own: "the project's own",
    lock: "from the lock",
    spec: "from the spec",
    interpreter: "the bare interpreter",
  };
  return {
    id: "environment",
    status: "proved",
    summary: `environment: ${kinds[source]} (${description}), ${interpreter.implementation} ${interpreter.version}`,
  };
}

export function isolationEvidence(isolation: Isolation | null): readonly Evidence[] {
  if (isolation === null) return [];
  return [
    { id: "isolation", status: "proved", summary: `isolation: ${isolation.description} (${isolation.kind})` },
  ];
}

/**
 * What n equal runs are worth. A share q of runs that differ stays unseen with probability (1 - q)^(n - 1), since each
 * later run is compared with the first; the share named is the one for which that is 5 %.
 */
export function repeatsEvidence(repeats: number): Evidence {
  const share = Math.round(undetectedShare(repeats) * 100);
  return {
    id: "repeats",
    status: "proved",
    summary: `n = ${repeats}: equal runs; a difference that shows in up to ${share} % of runs could still go unseen (95 % confidence)`,
  };
}

/** The share of runs that may differ and still, with 95 % confidence, not show in n runs that all agree. */
export function undetectedShare(repeats: number): number {
  return repeats < 2 ? 1 : 1 - 0.05 ** (1 / (repeats - 1));
}

/** Declared variables without a default: their values are the prover's, and others must know them. */
export function variablesEvidence(fromCaller: readonly string[]): readonly Evidence[] {
  if (fromCaller.length === 0) return [];
  const summary = `variables given by the one who proved: ${fromCaller.join(", ")}`;
  return [{ id: "variables", status: "proved", summary }];
}

/** Which state was proved: the commit, and in what the tree differs from it. */
export function commitEvidence(subject: Subject): readonly Evidence[] {
  const { git } = subject.project;
  if (git === null) return [];
  const changed = git.modified.filter((path) => subject.archive.has(path));
  const named = changed.slice(0, 5).join(", ");
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : "";
  const head = git.head?.slice(0, 12) ?? "none yet";
  if (changed.length === 0) return [{ id: "commit", status: "proved", summary: `commit ${head}` }];
  const summary = `proved as the tree is; commit ${head} lacks the changes of ${named}${more}`;
  return [{ id: "differs-from-commit", status: "proved", summary }];
}
