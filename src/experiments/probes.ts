import { openProbeRoom, type ProbedCopy, type Replay } from "../diagnose/index.ts";
import type { Comparison, Run, Trace } from "../model/index.ts";
import type { Lab } from "./lab/lab.ts";
import type { Series } from "./series/series.ts";
import { keyOf, setupOf, vectorOf, type Vector } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

type Sites = ReturnType<typeof openProbeRoom>["sites"];

/** Runs of the instrumented copy in one diagnosis: its causes share them. */
export interface Probes {
  readonly sites: Sites;
  /** A run whose values are recorded. The same vector again gives the run that there was; null where no run is left. */
  under(vector: Vector, words: string): Promise<ProbedCopy | null>;
  /** A run that is never taken from memory, with values given back or with none. */
  anew(vector: Vector, words: string, replay: Replay | null): Promise<ProbedCopy | null>;
  /** The run with everything fixed. */
  atRest(): Promise<ProbedCopy | null>;
  /**
   * How a run under a vector differs from that with everything fixed, seen by probed runs. Null where these tell nothing of
   * plain ones: the probes themselves change what the program gives, or no run was left.
   */
  differences(vector: Vector, words: string): Promise<readonly Comparison[] | null>;
  [Symbol.dispose](): void;
}

export interface ProbesRequest {
  readonly series: Pick<Series, "observed" | "differences">;
  readonly lab: Lab;
  readonly suspects: readonly Suspect[];
  /** The run with everything fixed. */
  readonly reference: Run;
  readonly trace: Trace;
  /** Two runs may go on at the same time. */
  readonly together: boolean;
}

export function openProbes({ series, suspects, reference, trace, together, lab }: ProbesRequest): Probes {
  const more = suspects.flatMap(({ places }) => places.map(({ file }) => file));
  const room = openProbeRoom({ root: lab.subject.project.root, trace, more, reference });
  const known = new Map<string, Promise<ProbedCopy | null>>();
  const rest = vectorOf(suspects, [], 0);
  const anew: Probes["anew"] = (vector, words, replay) =>
    room.run(replay, (setup, read) =>
      series.observed({ ...setupOf(vector, reference), ...setup }, `${words}, values probed`, read),
    );
  const under: Probes["under"] = (vector, words) => {
    const key = keyOf(vector);
    const running = known.get(key) ?? anew(vector, words, null);
    known.set(key, running);
    return running;
  };
  let isOpaque = false;
  const atRest = (): Promise<ProbedCopy | null> => under(rest, "everything fixed");
  return {
    sites: room.sites,
    under,
    anew,
    atRest,
    async differences(vector, words) {
      if (isOpaque || (await room.sites()).length === 0) return null;
      const [first, second] = together
        ? await Promise.all([atRest(), under(vector, words)])
        : [await atRest(), await under(vector, words)];
      if (first === null || second === null) return null;
      isOpaque = first.failed || (await series.differences(reference, first.outputs)).length > 0;
      return isOpaque || second.failed ? null : series.differences(reference, second.outputs);
    },
    [Symbol.dispose]: () => room[Symbol.dispose](),
  };
}
