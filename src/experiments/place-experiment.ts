import type { PlaceExperiment } from "../diagnose/index.ts";
import type { Run } from "../model/index.ts";
import type { Lab, ReadRun } from "./lab/lab.ts";
import type { FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Series } from "./series/series.ts";
import { setupOf, vectorOf, type Vector } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

/** What looking for the places of one found cause may do. Null where its two runs cannot be had any more. */
export async function placeExperiment(
  { series, suspects, reference, trace }: Inquiry,
  lab: Lab,
  cause: FoundCause,
  member: Suspect,
): Promise<PlaceExperiment | null> {
  const sides = { rest: vectorOf(suspects, [], 0), changed: vectorOf(suspects, cause.members, cause.choice) };
  const changed = await series.under(sides.changed, `${member.freed}`);
  if (changed === null) return null;
  return {
    root: lab.subject.project.root,
    kind: member.kind,
    trace,
    hints: member.places,
    differences: cause.differences,
    rest: reference,
    changed: changed.run,
    run: (side, setup, read) => {
      const what = side === "rest" ? "everything fixed" : member.freed;
      return probed(series, { vector: sides[side], reference, words: `${what}, values probed` }, setup, read);
    },
    compare: (one, other) => series.differences(one, other),
  };
}

/** A run under a vector whose values are recorded or given back. */
export function probed<T>(
  series: Series,
  from: { readonly vector: Vector; readonly reference: Run; readonly words: string },
  { edits, probe }: Parameters<PlaceExperiment["run"]>[1],
  read: ReadRun<T>,
): ReturnType<typeof series.observed<T>> {
  const more = { ...(edits === undefined ? {} : { edits }), ...(probe === undefined ? {} : { probe }) };
  return series.observed({ ...setupOf(from.vector, from.reference), ...more }, from.words, read);
}
