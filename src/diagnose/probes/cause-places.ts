import type { Run } from "../../model/index.ts";
import type { PlaceExperiment } from "./experiment.ts";
import { findPlaces, type PlacesFound } from "./find-places.ts";

/**
 * The places in the project's code where one cause enters, found by runs of an instrumented copy. `runLimit` bounds these
 * runs. Never throws for what the project does.
 */
export async function findCausePlaces(experiment: PlaceExperiment, runLimit: number): Promise<PlacesFound> {
  const sites = await experiment.sites();
  if (sites.length === 0) return { result: "none", places: [], runs: 0, experiment: "" };
  const reached = new Set(experiment.differences.map(({ output }) => output));
  return findPlaces<Run>({
    sites,
    runLimit,
    run: (side, replay) => experiment.run(side === "first" ? "rest" : "changed", replay),
    async same(first, second) {
      // Probes that break the program show nothing of its difference.
      if (first.exitCode !== experiment.rest.exitCode) return true;
      const found = await experiment.compare(first, second);
      return !found.some(({ output }) => reached.has(output));
    },
  });
}
