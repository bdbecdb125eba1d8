import { makeFinding, type Finding, type Location } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import type { Era } from "./era.ts";
import { lineOf, type Wanted } from "./wanted.ts";

const placeOf = (location: Location | null | undefined): { file: string | null; line: number | null } => ({
  file: location === null || location === undefined || location.file === "" ? null : location.file,
  line: location?.line ?? null,
});

/** A declared version was given up; `to` is null where it is the resolver that finds the other one. */
export function relaxedFinding(wanted: Wanted, to: string | null, why: string): Finding {
  const { requirement, location } = wanted;
  const taken = to === null ? "another version" : `${requirement.name}==${to}`;
  return makeFinding("pin-relaxed", "warning", `${lineOf(requirement)} gives way to ${taken}: ${why}.`, {
    ...placeOf(location),
    why: "What runs is not the version that was declared, so results may differ from the ones it gave.",
    fix: to === null ? "Declare versions that go together." : `Declare ${requirement.name}==${to}.`,
  });
}

/** Nothing of a package could be installed by the date; the first later release is taken. */
export function liftedFinding(
  name: string,
  version: string,
  uploaded: string,
  { python, before }: { readonly python: PythonChoice; readonly before: string | null },
  wanted: Wanted | undefined,
  without: string | null = null,
): Finding {
  const day = (before ?? "").slice(0, 10);
  const could =
    without === null
      ? `had no wheel for Python ${python.interpreter.version} before ${day}`
      : `needed ${without} before ${day}, which has no wheel`;
  return makeFinding(
    "newer-than-date",
    "info",
    `${name} ${could}: ${version} of ${uploaded.slice(0, 10)} is the first that can be installed.`,
    {
      ...placeOf(wanted?.location),
      why: "Nothing is built from source, so the first release with a wheel stands in for the one of that day.",
    },
  );
}

/** What a release of a later day needs in a later version than there was. */
export function neededFinding(name: string, version: string, uploaded: string, asker: string): Finding {
  return makeFinding(
    "newer-than-date",
    "info",
    `${asker} needs a later ${name}: ${version} of ${uploaded.slice(0, 10)} is the first that it takes.`,
    { why: `${asker} stands in for a release of that day that cannot be installed.` },
  );
}

/** What a release of a later day needs is taken as of that later day. */
export function togetherFinding(name: string, asker: string, day: string): Finding {
  return makeFinding(
    "newer-than-date",
    "info",
    `${name} is taken as of ${day.slice(0, 10)}: that is the day of ${asker}, which needs it.`,
    { why: "Packages of one day go together." },
  );
}

/** A package that others ask for in a version that has no wheel. */
export function overriddenFinding(name: string, version: string, python: string): Finding {
  return makeFinding(
    "pin-relaxed",
    "warning",
    `${name}==${version} is taken, though other packages ask for another version: that one has no wheel for Python ${python}.`,
    { why: "A package meets another version of its dependency than it was made for." },
  );
}

/** A package that cannot be installed as it is. */
export function droppedFinding(name: string, why: string, built: boolean, wanted: Wanted | null): Finding {
  const message = built ? `${name} is built from source: ${why}.` : `${name} is left out: ${why}.`;
  return makeFinding(
    built ? "built-from-source" : "requirement-dropped",
    built ? "warning" : "error",
    message,
    {
      ...placeOf(wanted?.location),
      why: built
        ? "What a build needs is not locked, and another machine may give another result."
        : "Code that imports it will fail.",
      fix: built
        ? "Prefer a version with a wheel."
        : "Allow builds, correct the name, or name the index that has it.",
    },
  );
}

/** The Python that was taken, where it is not the best one. */
export function pythonFinding(taken: PythonChoice, best: PythonChoice, why: string): Finding {
  return makeFinding(
    "python-chosen",
    "warning",
    `Python ${taken.interpreter.version} is taken rather than ${best.interpreter.version} (${best.reason}): ${why}.`,
    { why: "The declared versions have wheels for the one and not for the other." },
  );
}

/** An API that is gone tells of an earlier day than the project's. */
export function eraFinding({ bound, version, before }: Era): Finding {
  const day = before.slice(0, 10);
  return makeFinding(
    "date-stepped-back",
    "info",
    `Everything is resolved as of ${day}, before ${bound.distribution} ${version} came: ${bound.reason}.`,
    { why: "Packages of one day go together; later ones were never tried with that release." },
  );
}

/** The declared versions are of a later day than the project. */
export function laterPinsFinding(end: string, pin: Wanted, uploaded: string): Finding {
  return makeFinding(
    "pins-newer-than-date",
    "info",
    `${lineOf(pin.requirement)} is of ${uploaded.slice(0, 10)}, later than ${end.slice(0, 10)}: everything is resolved as of that day.`,
    { ...placeOf(pin.location), why: "Versions of one day go together; what is declared comes first." },
  );
}
