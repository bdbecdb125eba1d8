import { installedDistributions } from "../environments/index.ts";
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
  const distributions = declaredClosure(subject, environment);
  const said = new Set(
    known.flatMap(({ rule, file, line }) => (rule === "unseeded-random" ? `${file}:${line}` : [])),
  );
  const findings = project.commands.flatMap((command) => {
    const trace = traces.get(command.name);
    if (trace === undefined) return [];
    return traceFindings(trace, { network: command.network, places: values, distributions });
  });
  return distinctFindings(
    findings.filter(({ rule, file, line }) => rule !== "unseeded-use" || !said.has(`${file}:${line}`)),
  );
}

/** What the project declares or locks, and all that these need as they are installed here; null where it declares none. */
function declaredClosure(subject: Subject, environment: Environment): ReadonlySet<string> | null {
  const { project, lock } = subject;
  const manifests = [...specManifests(project), ...project.manifests.filter(({ isLock }) => isLock)];
  const named = manifests.flatMap(({ requirements }) =>
    requirements.flatMap(({ ecosystem, name }) => (ecosystem === "conda" ? (pypiName(name) ?? []) : name)),
  );
  if (named.length === 0 && lock === null) return null;
  const installed = new Map(installedDistributions(environment).map((one) => [one.name, one]));
  const closure = new Set(named.map(normaliseName));
  // A set gives what is added to it while it is gone through.
  for (const name of closure) {
    for (const text of installed.get(name)?.requires ?? []) {
      const needed = /^[\w.-]+/u.exec(text)?.[0];
      if (needed !== undefined) closure.add(normaliseName(needed));
    }
  }
  return closure;
}
