import type { PlaceExperiment } from "../diagnose/index.ts";
import type { FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { vectorOf } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

/** What looking for the places of one found cause may do. */
export function placeExperiment(
  { series, suspects, reference, probes }: Inquiry,
  { members, choice, differences }: FoundCause,
  { freed }: Suspect,
): PlaceExperiment {
  const changed = vectorOf(suspects, members, choice);
  return {
    sites: probes.sites,
    differences,
    rest: reference,
    run(side, replay) {
      if (side === "rest") return probes.atRest();
      return replay === null ? probes.under(changed, freed) : probes.anew(changed, freed, replay);
    },
    compare: (one, other) => series.differences(one, other),
  };
}
