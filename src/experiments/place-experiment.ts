import type { PlaceExperiment } from "../diagnose/index.ts";
import type { Lab } from "./lab/lab.ts";
import type { FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { setupOf, vectorOf } from "./series/vector.ts";
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
    run: (side, { edits, probe }, read) =>
      series.observed(
        {
          ...setupOf(sides[side], reference),
          ...(edits === undefined ? {} : { edits }),
          ...(probe === undefined ? {} : { probe }),
        },
        side === "rest" ? "everything fixed, values probed" : `${member.freed}, values probed`,
        read,
      ),
    compare: (one, other) => series.differences(one, other),
  };
}
