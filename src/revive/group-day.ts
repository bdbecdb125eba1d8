import type { EntryDate } from "../dating/index.ts";
import type { Project } from "../model/index.ts";
import { commitDates } from "../project/git.ts";
import type { ReviveStep } from "./revival.ts";
import type { StartSpec } from "./start-spec.ts";

/** The day that a group's environment is resolved for (YYYY-MM-DD), and the step that tells it. */
export interface GroupDay {
  readonly date: string;
  readonly step: ReviveStep;
}

const known: Readonly<Record<EntryDate["by"], string>> = {
  "as-of": "it was asked for",
  commit: "its content was last committed then",
  watermark: "its output states that day",
  notebook: "the notebook states that day",
  file: "it was last written then",
};

/**
 * The newest of the entries' days, since what they share has to serve all of them; or the day of what declares the
 * requirements, where that is later and names no exact version: what it asks for may not have been there before.
 */
export async function dayOfGroup(
  project: Project,
  dates: readonly EntryDate[],
  { declared }: StartSpec,
): Promise<GroupDay | null> {
  const newest = newestOf(dates);
  if (newest === null) return null;
  const { date, by, location, python } = newest;
  const noted = python === null ? "" : `; it notes Python ${python.series}`;
  const place = location.file === "" ? null : location;
  if (by === "commit") {
    const spec = await dayOfSpec(project, declared);
    if (spec !== null && spec.date > date) {
      const reason = `what it declares was last committed then${noted}`;
      return { date: spec.date, step: stepTo(spec.date, reason, { file: spec.file, line: null }) };
    }
  }
  return { date, step: stepTo(date, `${known[by]}${noted}`, place) };
}

/** The newest of these days; null where there is none. */
function newestOf(dates: readonly EntryDate[]): EntryDate | null {
  return dates.toSorted((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null;
}

function stepTo(date: string, reason: string, location: ReviveStep["location"]): ReviveStep {
  return { round: 0, kind: "date", action: `go back to ${date}`, reason, location };
}

async function dayOfSpec(
  project: Project,
  declared: StartSpec["declared"],
): Promise<{ readonly file: string; readonly date: string } | null> {
  const stated = declared.filter(({ origin }) => origin === "declared");
  if (project.git === null || stated.some(({ text }) => text.includes("=="))) return null;
  const files = [...new Set(stated.map(({ location }) => location.file))];
  const days = await commitDates(project.root, files);
  const [newest] = [...days].toSorted(([, a], [, b]) => (a < b ? 1 : -1));
  return newest === undefined ? null : { file: newest[0], date: newest[1] };
}
