import { installedDistributions, type InstalledDistribution } from "../environments/index.ts";
import { normaliseName, pypiName } from "../manifests/index.ts";
import { distinctFindings, type Environment, type Finding, type Trace } from "../model/index.ts";
import { traceFindings } from "../trace/index.ts";
import { specManifests } from "./spec-files.ts";
import type { Subject } from "./subject.ts";
import { ownerVariables } from "./variables.ts";

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
  const distributions = declaredNames(subject);
  const closure = distributions === null ? null : withNeeds(distributions, installed);
  // Whoever runs a notebook has a kernel.
  const inKernel = closure === null ? null : withNeeds([...closure, "ipykernel", "ipython"], installed);
  const said = new Set(
    known.flatMap(({ rule, file, line }) => (rule === "unseeded-random" ? `${file}:${line}` : [])),
  );
  const findings = project.commands.flatMap((command) => {
    const trace = traces.get(command.name);
    if (trace === undefined) return [];
    return traceFindings(trace, {
      network: command.network,
      places: values,
      distributions: command.kind === "notebook" ? inKernel : closure,
    });
  });
  return distinctFindings(
    findings.filter(({ rule, file, line }) => rule !== "unseeded-use" || !said.has(`${file}:${line}`)),
  );
}

/** What the project declares or locks, normalised; null where it declares nothing. */
function declaredNames({ project, lock }: Subject): readonly string[] | null {
  const manifests = [...specManifests(project), ...project.manifests.filter(({ isLock }) => isLock)];
  const named = manifests.flatMap(({ requirements }) =>
    requirements.flatMap(({ ecosystem, name }) => (ecosystem === "conda" ? (pypiName(name) ?? []) : name)),
  );
  return named.length === 0 && lock === null ? null : [project.name, ...named].map(normaliseName);
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
