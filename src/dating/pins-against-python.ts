import { makeFinding, type Finding, type Interpreter, type Location } from "../model/index.ts";
import { allSeries } from "./pythons/releases.ts";
import { findRelease, releasesOf, takesPython, wheelFor, type Release } from "./resolve/releases.ts";
import { readWanted, type DatedRequirement } from "./resolve/wanted.ts";

/**
 * A finding (rule pin-needs-other-python) for each exact pin that does not serve the Python that the project names: by
 * what the release says of Python, or for want of a wheel. `python` is a version ("3.7", "3.7.16"); `named` is where it
 * stands. What the index does not know, or offers as source alone for every Python, gives none.
 * Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function pinsAgainstPython(
  requirements: readonly DatedRequirement[],
  python: string,
  named: Location | null,
): Promise<readonly Finding[]> {
  const { wanted } = readWanted(requirements);
  const found = await Promise.all(
    wanted.map(async ({ requirement, pin, location }) => {
      if (pin === null || requirement.marker !== null) return null;
      const release = findRelease((await releasesOf(requirement.name)) ?? [], pin);
      const why = release === null ? null : faultOf(release, python);
      if (release === null || why === null) return null;
      const serving = allSeries.filter((series) => wheelFor(release, sample(series)) !== null);
      const place = named === null || named.file === "" ? "" : ` (${named.file})`;
      return makeFinding(
        "pin-needs-other-python",
        "error",
        `${requirement.name}==${pin} ${why}, and the project names Python ${python}${place}.`,
        {
          file: location?.file ?? null,
          line: location?.line ?? null,
          why: "What is declared cannot be installed on the Python that is declared with it.",
          ...(serving.length === 0
            ? {}
            : { fix: `Name Python ${serving.join(" or ")}, or pin a release that serves ${python}.` }),
        },
      );
    }),
  );
  return found.filter((one) => one !== null);
}

function faultOf(release: Release, python: string): string | null {
  const refusing = release.files.filter((file) => !takesPython(file.requiresPython, fullVersion(python)));
  const [first] = refusing;
  if (first !== undefined && refusing.length === release.files.length) {
    return `needs Python ${first.requiresPython}`;
  }
  const hasWheels = allSeries.some((series) => wheelFor(release, sample(series)) !== null);
  return hasWheels && wheelFor(release, sample(python)) === null ? "has no wheel for it" : null;
}

/** A series stands for its last patch: what asks for a patch at least is served by it. */
const fullVersion = (python: string): string => (/^\d+\.\d+$/u.test(python) ? `${python}.99` : python);

const sample = (python: string): Interpreter => ({
  executable: "",
  version: fullVersion(python),
  implementation: "cpython",
  basePrefix: "",
});
