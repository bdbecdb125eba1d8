import { advice, findCausePlaces, type FoundPlace } from "../diagnose/index.ts";
import type { Cause, CauseKind } from "../model/index.ts";
import type { Exploration } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { vectorOf } from "./series/vector.ts";

/** What an expression takes from where objects lie, which nothing fixes where threads allocate as well. */
const addressCalls = /^(?:id|hash|object\.__(?:hash|repr)__)$/u;
const addressText = /0x[\da-f]{6,}/u;

/** The most runs that look for the places. */
const mostProbed = 6;

/**
 * The causes of outputs that differ though everything is fixed, by the first values that differ between two such runs:
 * where they are addresses of objects, and the results are the same once they are given back, that is the cause.
 */
export async function unsteadyCauses(
  { series, suspects, reference, probes }: Inquiry,
  { unstable }: Pick<Exploration, "unstable">,
): Promise<readonly Cause[]> {
  if (unstable.length === 0 || series.left < 4) return [];
  const rest = vectorOf(suspects, [], 0);
  const again = await series.anew(rest, "everything fixed, once more");
  if (again === null) return [];
  const found = await series.differences(reference, again.run);
  const differences = found.filter(({ output }) => unstable.includes(output));
  if (differences.length === 0) return [];
  const { result, places, experiment } = await findCausePlaces(
    {
      sites: probes.sites,
      differences,
      rest: reference,
      run: (side, replay) =>
        side === "rest" ? probes.atRest() : probes.anew(rest, "everything fixed", replay),
      compare: (one, other) => series.differences(one, other),
    },
    Math.min(mostProbed, series.left),
  );
  if (result !== "confirmed") return [];
  return places.flatMap((place): Cause[] => {
    const kind = kindOf(place);
    if (kind === null) return [];
    const { file, line, cell } = place.site;
    return [
      {
        kind,
        file,
        line,
        cell,
        confirmed: true,
        experiment: `with everything fixed that can be, runs differ; ${experiment}`,
        outputs: differences.map(({ output }) => output),
        mend: { summary: advice[kind], patch: null, confirmed: false },
      },
    ];
  });
}

function kindOf({ site, seen }: FoundPlace): CauseKind | null {
  const isCall = site.kind === "call" && addressCalls.test(site.text);
  return isCall || addressText.test(seen) ? "memory-address" : null;
}
