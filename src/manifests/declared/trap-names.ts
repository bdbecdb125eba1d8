import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { standardLibrary } from "../../source/index.ts";
import traps from "./trap-names.json" with { type: "json" };

interface Trap {
  /** The distribution that is meant; null where nothing is to be installed. */
  readonly meant: string | null;
  readonly why: string;
  /** True where no installer gets anything that works under this name. */
  readonly fails: boolean;
}

const known: ReadonlyMap<string, Trap> = new Map(Object.entries(traps));

/** Distributions on the index that bring a module of later Pythons to older ones, as their names say. */
const backports = new Set([
  "dataclasses",
  "contextvars",
  "configparser",
  "ipaddress",
  "selectors",
  "statistics",
]);

/** Modules of Python by the names that distributions have; the last Python with all of those that left since. */
const standard: ReadonlySet<string> = new Set(
  [...standardLibrary("3.11")]
    .filter((name) => !name.startsWith("_"))
    .map((name) => name.replaceAll("_", "-")),
);

/** A requirement of the Python index under a name that gives something else than its author meant; null where it is none. */
export function trapFinding(requirement: Requirement): Finding | null {
  const { ecosystem, name, url, marker, location } = requirement;
  if (ecosystem !== "pypi" || url !== null) return null;
  const trap = known.get(name);
  if (trap !== undefined) {
    const fix = trap.meant === null ? "take the line out" : `write ${trap.meant} in its place`;
    const meaning = trap.meant === null ? "is no requirement" : `is a trap: ${trap.meant} is meant`;
    return makeFinding("requirement-trap", trap.fails ? "error" : "warning", `${name} ${meaning}`, {
      ...location,
      why: trap.why,
      fix,
    });
  }
  // Whoever gives a marker knows that later Pythons have the module.
  if (!standard.has(name) || marker !== null) return null;
  const isBackport = backports.has(name);
  return makeFinding(
    "requirement-standard-module",
    isBackport ? "info" : "warning",
    `${name} is part of Python`,
    {
      ...location,
      why: isBackport
        ? "the distribution serves old Pythons alone, and may stand in the way of the real module"
        : "what the index has under this name is an old copy or something else, and may take the module's place",
      fix: isBackport
        ? `take the line out, or add a marker such as ; python_version < "3.8"`
        : "take the line out",
    },
  );
}
