import type { Cause, CodePlace } from "../model/index.ts";
import { experimentOf, type Confirmation } from "./confirm.ts";
import type { Exploration, FoundCause } from "./explore.ts";

/** Found causes as they are told: one for each place at which a suspect's difference enters. */
export function causesOf(found: Exploration, confirmation: Confirmation): readonly Cause[] {
  return found.causes.flatMap((cause) => {
    const experiment = experimentOf(cause, found.causes, confirmation);
    return cause.members.flatMap((member) =>
      placesOf(member.places).map(
        (place): Cause => ({
          kind: member.kind,
          file: place?.file ?? null,
          line: place?.line ?? null,
          cell: place?.cell ?? null,
          confirmed: isConfirmed(cause, confirmation),
          experiment,
          outputs: [...cause.outputs],
          mend: null,
        }),
      ),
    );
  });
}

/** Freed alone it made a difference, and no run with it fixed differed in the outputs that it reaches. */
function isConfirmed(cause: FoundCause, { of, still }: Confirmation): boolean {
  return of > 0 && !cause.outputs.some((output) => still.includes(output));
}

function placesOf(places: readonly CodePlace[]): readonly (CodePlace | null)[] {
  return places.length === 1 ? places : [null];
}
