import type { SurveyEntry } from "../../model/index.ts";
import { addCounts } from "../counts.ts";

/** What was found of one entry in one home. */
export interface Found {
  readonly asked: string;
  readonly entry: SurveyEntry;
  /** Whether two runs gave the same; null where they were not both made. */
  readonly repeats: boolean | null;
}

/** One entry for each that was asked for, in that order; one that ran in several homes is one, and ran where all did. */
export function asAsked(found: readonly Found[], asked: readonly string[] | null): readonly SurveyEntry[] {
  const byName = new Map<string, SurveyEntry>();
  for (const { asked: name, entry } of found) {
    const before = byName.get(name);
    byName.set(name, before === undefined ? entry : joined(before, entry));
  }
  const order = asked ?? [...byName.keys()];
  return order.flatMap((name) => byName.get(name) ?? []);
}

function joined(one: SurveyEntry, other: SurveyEntry): SurveyEntry {
  return {
    ...one,
    ran: one.ran === true && other.ran === true,
    seconds:
      one.seconds === null && other.seconds === null ? null : (one.seconds ?? 0) + (other.seconds ?? 0),
    cells: addCounts(one.cells, other.cells),
    cause: one.cause ?? other.cause,
    images: addCounts(one.images, other.images),
    files: addCounts(one.files, other.files),
    differences: [...one.differences, ...other.differences],
    date:
      one.date === other.date
        ? one.date
        : ([one.date, other.date]
            .filter((date) => date !== null)
            .toSorted()
            .at(-1) ?? null),
    python:
      one.python === other.python
        ? one.python
        : [one.python, other.python].filter((python) => python !== null).join(", "),
  };
}
