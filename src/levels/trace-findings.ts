import { installedDistributions, type InstalledDistribution } from "../environments/index.ts";
import { normaliseName, pypiName } from "../manifests/index.ts";
import {
  distinctFindings,
  type Environment,
  type Finding,
  type Requirement,
  type Trace,
} from "../model/index.ts";
import { importFindings, traceFindings } from "../trace/index.ts";
import { inspectOwnLock } from "./own-lock.ts";
import { specManifests } from "./spec-files.ts";
import type { Subject } from "./subject.ts";
import { ownerVariables } from "./variables.ts";

/**
 * The level that each thing speaks of which the runs of level 0 showed. What others do not have counts from level 1 on, a
 * download that nothing declares from level 2, a package that the lock does not name at level 3; all else at level 0.
 */
const levelOfRule: Readonly<Record<string, number>> = {
  "undeclared-input": 1,
  "imported-undeclared": 1,
  "undeclared-network": 2,
  "imported-not-locked": 3,
};

/** Whether a finding of level 0's proof is one of this level. */
export function isOfLevel(level: number, { rule }: Finding): boolean {
  return (levelOfRule[rule] ?? 0) === level;
}

/** What the traces of a proof tell against what the project declares; what the code alone told already is left out. */
export function observedFindings(
  subject: Subject,
  environment: Environment,
  traces: ReadonlyMap<string, Trace>,
  known: readonly Finding[],
): readonly Finding[] {
  const { project } = subject;
  const values = Object.values(ownerVariables(project.config.variables, process.env));
  const installed = new Map(installedDistributions(environment).map((one) => [one.name, one]));
  const declared = declaredNames(subject);
  const locked = lockedNames(subject);
  // Whoever runs a notebook has a kernel.
  const kernel = withNeeds(["ipykernel", "ipython"], installed);
  const said = new Set(
    known.flatMap(({ rule, file, line }) => (rule === "unseeded-random" ? `${file}:${line}` : [])),
  );
  const findings = project.commands.flatMap((command) => {
    const trace = traces.get(command.name);
    if (trace === undefined) return [];
    const more = command.kind === "notebook" ? kernel : [];
    return [
      ...traceFindings(trace, { network: command.network, places: values }),
      ...(declared === null
        ? []
        : importFindings(trace, new Set([...withNeeds(declared, installed), ...more]), undeclared)),
      ...(locked === null ? [] : importFindings(trace, new Set([...locked, ...more]), notLocked)),
    ];
  });
  return distinctFindings(
    findings.filter(({ rule, file, line }) => rule !== "unseeded-use" || !said.has(`${file}:${line}`)),
  );
}

const undeclared = {
  rule: "imported-undeclared",
  unnamed: "which nothing declares or locks",
  why: "It was found because this environment happens to hold it; elsewhere the results may differ.",
  fix: "Declare {}, or find out which package imports it where it is there.",
};

const notLocked = {
  rule: "imported-not-locked",
  unnamed: "which the lock does not name",
  why: "An environment from the lock does not have it: what uses it where it is there works otherwise, or fails.",
  fix: "Declare {} and lock anew (rung lock), or find out which package imports it where it is there.",
};

/** What the project declares or locks, normalised; null where it declares nothing. */
function declaredNames({ project, lock }: Subject): readonly string[] | null {
  const manifests = [...specManifests(project), ...project.manifests.filter(({ isLock }) => isLock)];
  const named = manifests.flatMap(({ requirements }) => requirements.flatMap(nameOf));
  return named.length === 0 && lock === null ? null : [project.name, ...named].map(normaliseName);
}

/** What the lock that level 3 goes by names, and the project itself, normalised; null where there is none. */
function lockedNames(subject: Subject): readonly string[] | null {
  const { project, lock } = subject;
  if (lock === null) return null;
  const named = [
    ...inspectOwnLock(subject, lock).artifacts.map(({ name }) => name),
    ...project.manifests.flatMap(({ path, requirements }) =>
      path === lock.path ? requirements.flatMap(nameOf) : [],
    ),
  ];
  return named.length === 0 ? null : [project.name, ...named].map(normaliseName);
}

function nameOf({ ecosystem, name }: Requirement): string | readonly string[] {
  return ecosystem === "conda" ? (pypiName(name) ?? []) : name;
}

/** These, and all that they need in turn as it is installed here; of extras, every one. */
function withNeeds(
  names: readonly string[],
  installed: ReadonlyMap<string, InstalledDistribution>,
): ReadonlySet<string> {
  const closure = new Set(names);
  // A set gives what is added to it while it is gone through.
  for (const name of closure) {
    for (const text of installed.get(name)?.requires ?? []) {
      const needed = /^[\w.-]+/u.exec(text)?.[0];
      if (needed !== undefined) closure.add(normaliseName(needed));
    }
  }
  return closure;
}
