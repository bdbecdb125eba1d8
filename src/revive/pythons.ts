import type { EntryDate } from "../dating/index.ts";
import type { Subject } from "../levels/index.ts";
import type { Group } from "./start-spec.ts";

/** The Python that a group's own files ask for, as a PEP 440 specifier; for the root's group what the project asks for. */
export function askedPython({ project }: Subject, { folder, manifests }: Group): string | null {
  if (folder === "" || project.config.python !== undefined) return project.python?.specifier ?? null;
  return manifests.find(({ python }) => python !== null)?.python?.specifier ?? null;
}

/** The series ("3.8") that entries note, the one most noted first. */
export function notedPythons(dates: readonly EntryDate[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { python } of dates) {
    if (python !== null) counts.set(python.series, (counts.get(python.series) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([series]) => series);
}
