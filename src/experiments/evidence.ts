import type { Suspect } from "./suspect.ts";

/** Of the kinds that vary from run to run, the one whose order is mostly the same on one machine. */
const stays = "directory-order";

/**
 * Weighs suspects anew by whether the run with everything fixed was the same as one as the owner makes it: between these two
 * all that varies from run to run was another, and what varies only elsewhere was the same.
 */
export function weighedByFirstRun(suspects: readonly Suspect[], wasSame: boolean): readonly Suspect[] {
  const factor = wasSame ? 0.1 : 8;
  return suspects.map((suspect) =>
    suspect.varies === "elsewhere" || suspect.kind === stays
      ? suspect
      : { ...suspect, weight: suspect.weight * factor },
  );
}
