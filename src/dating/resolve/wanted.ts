import { markerHolds, normaliseName, parseRequirement, variablesOn } from "../../manifests/index.ts";
import { thisLockPlatform } from "../../lock/index.ts";
import {
  makeFinding,
  type Finding,
  type Interpreter,
  type Location,
  type Requirement,
} from "../../model/index.ts";

/** One requirement as it is asked of the resolver; where it was relaxed, `specifier` is no longer what was written. */
export interface Wanted {
  readonly requirement: Requirement;
  readonly location: Location | null;
  /** The version of an exact pin (`==1.2.3`), else null. */
  readonly pin: string | null;
}

export interface DatedRequirement {
  /** A dependency specifier (PEP 508). */
  readonly text: string;
  readonly location: Location | null;
}

/** A day after all others: whatever there is counts. */
export const endOfTime = "2999-01-01T00:00:00Z";

const nowhere: Location = { file: "", line: null };

/** The requirements that can be read, and a finding for each that cannot. */
export function readWanted(requirements: readonly DatedRequirement[]): {
  readonly wanted: readonly Wanted[];
  readonly findings: readonly Finding[];
} {
  const wanted: Wanted[] = [];
  const findings: Finding[] = [];
  for (const { text, location } of requirements) {
    const requirement = parseRequirement(text, { location: location ?? nowhere });
    if (requirement === null) {
      findings.push(
        makeFinding(
          "requirement-unreadable",
          "error",
          `"${text}" is no requirement (PEP 508) and was left out.`,
          {
            file: location?.file ?? null,
            line: location?.line ?? null,
          },
        ),
      );
    } else {
      wanted.push({ requirement, location, pin: pinOf(requirement) });
    }
  }
  return { wanted, findings };
}

function pinOf({ specifier, url }: Requirement): string | null {
  return url === null ? (/^===?\s*([^,*]+)$/u.exec(specifier)?.[1]?.trim() ?? null) : null;
}

/** The requirement as a line for the resolver. */
export function lineOf({ name, extras, specifier, url, marker }: Requirement): string {
  const extra = extras.length === 0 ? "" : `[${extras.join(",")}]`;
  const what = url === null ? specifier : ` @ ${url}`;
  return `${name}${extra}${what}${marker === null ? "" : ` ; ${marker}`}`;
}

/** The normalised name that a dependency specifier begins with; "" where there is none. */
export const requirementName = (text: string): string =>
  normaliseName(/^[A-Za-z0-9][\w.-]*/u.exec(text)?.[0] ?? "");

/** What a release's metadata asks for on a Python of this machine, no extras; what cannot be read is left out. */
export function needsHere(requires: readonly string[], python: Interpreter): readonly Requirement[] {
  const platform = thisLockPlatform();
  return readWanted(requires.map((text) => ({ text, location: null })))
    .wanted.map(({ requirement }) => requirement)
    .filter(({ marker }) => platform === null || markerHolds(marker, variablesOn(platform, python.version)));
}
