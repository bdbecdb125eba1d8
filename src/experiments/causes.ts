import type { Cause, CodePlace, Mend } from "../model/index.ts";
import { experimentOf, type Confirmation } from "./confirm.ts";
import type { Exploration, FoundCause } from "./explore.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Lab } from "./lab/lab.ts";
import { placeExperiment } from "./place-experiment.ts";
import type { Suspect } from "./suspect.ts";

/** A place at which a cause enters, with the mend for it. */
interface Entry {
  readonly place: CodePlace | null;
  readonly outputs: readonly string[];
  readonly mend: Mend | null;
}

/** Found causes as they are told: one for each place at which a suspect's difference enters. */
export async function causesOf(
  inquiry: Inquiry,
  found: Exploration,
  confirmation: Confirmation,
  lab: Lab,
): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  for (const cause of found.causes) {
    const experiment = experimentOf(cause, found.causes, confirmation);
    const confirmed = isConfirmed(cause, confirmation);
    for (const member of cause.members) {
      for (const { place, outputs, mend } of await entriesOf(inquiry, cause, member, lab)) {
        const { file = null, line = null, cell = null } = place ?? {};
        causes.push({ kind: member.kind, file, line, cell, confirmed, experiment, outputs, mend });
      }
    }
  }
  return causes;
}

/** Freed alone it made a difference, and no run with it fixed differed in the outputs that it reaches. */
function isConfirmed(cause: FoundCause, { of, still }: Confirmation): boolean {
  return of > 0 && !cause.outputs.some((output) => still.includes(output));
}

async function entriesOf(
  inquiry: Inquiry,
  cause: FoundCause,
  member: Suspect,
  lab: Lab,
): Promise<readonly Entry[]> {
  const experiment = await placeExperiment(inquiry, lab, cause, member);
  const places = experiment === null ? [] : member.places;
  const [only] = places;
  return [{ place: places.length === 1 && only !== undefined ? only : null, outputs: cause.outputs, mend: null }];
}
