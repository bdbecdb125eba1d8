import type { Change, Proof, Trace } from "../../model/index.ts";
import { unpackTrace } from "../../trace/index.ts";
import type { Pass } from "../define.ts";
import type { Subject } from "../subject.ts";
import { liftSeed } from "./seed.ts";

/** The seed that the code is given: any number does, as long as it stays. */
const seed = 0;

/**
 * Seeds for what ran, and differed between two runs, where its trace shows that generators were drawn from that nothing
 * had seeded. Nothing where level 0 was not met for any other reason: two runs that agree tell that no draw reached an output.
 */
export async function liftUnseeded(
  { project }: Subject,
  ground: Proof | null,
  pass: Pass,
): Promise<readonly Change[]> {
  const failures = ground?.findings.filter(({ severity }) => severity === "error") ?? [];
  if (ground?.verdict !== "unmet" || failures.some(({ rule }) => rule !== "output-differs")) return [];
  const changes = new Map<string, Change>();
  for (const command of project.commands) {
    const differs = ground.comparisons.some(
      (one) => one.command === command.name && one.verdict === "different",
    );
    const trace = differs ? traceOf(command.name, pass) : null;
    if (trace === null) continue;
    for (const change of await liftSeed(command, trace, seed, "unseeded")) {
      // Of two commands that start the same file the first says what is seeded.
      if (!changes.has(change.path)) changes.set(change.path, change);
    }
  }
  return [...changes.values()];
}

function traceOf(command: string, { reference, store }: Pass): Trace | null {
  const digest = reference.get(command)?.trace ?? null;
  return digest === null || !store.blobs.has(digest) ? null : unpackTrace(store.blobs.read(digest));
}
