import type { Subject } from "../levels/index.ts";
import type { Group } from "./start-spec.ts";

/** The Python that a group's own files ask for, as a PEP 440 specifier; for the root's group what the project asks for. */
export function askedPython({ project }: Subject, { folder, manifests }: Group): string | null {
  if (folder === "" || project.config.python !== undefined) return project.python?.specifier ?? null;
  return manifests.find(({ python }) => python !== null)?.python?.specifier ?? null;
}

/** The series ("3.8") that a group's notebooks were saved with, the one most noted first. */
export function notedPythons({ sources }: Subject, { entries }: Group): readonly string[] {
  const counts = new Map<string, number>();
  for (const { command } of entries) {
    const facts = sources.get(command.run);
    const version = facts?.kind === "notebook" ? facts.pythonVersion : null;
    const series = version === null ? undefined : /^3\.\d+/u.exec(version)?.[0];
    if (series !== undefined) counts.set(series, (counts.get(series) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([series]) => series);
}
