import type { Command, Location, Project } from "../../model/index.ts";
import { commitDates } from "../../project/git.ts";
import type { SourceFacts } from "../../source/index.ts";
import { exists, now, readText } from "../../system/index.ts";
import { entryFiles } from "./entry-files.ts";
import { readWatermark, type Watermark } from "./watermark.ts";

/** The day that one command belongs to. */
export interface EntryDate {
  /** The command's name. */
  readonly entry: string;
  readonly file: string | null;
  /** YYYY-MM-DD */
  readonly date: string;
  /** How it is known. "file" is the time of the file on this disk: weak, since every copy sets it anew. */
  readonly by: "as-of" | "commit" | "watermark" | "notebook" | "file";
  /** The Python that the notebook names, as a series ("3.8"). */
  readonly python: { readonly series: string; readonly by: "notebook" | "watermark" } | null;
  /** Versions that the notebook's outputs print, by the names that they print. */
  readonly packages: ReadonlyMap<string, string>;
  readonly location: Location;
}

/** Larger files are not searched for a watermark: 64 MiB. */
const limitBytes = 64 << 20;

/**
 * The day of each command: `asOf` (YYYY-MM-DD) where given; else the day that a notebook's outputs state, where that is
 * not after the last commit; else the day on which the content of its files was last committed; else, without Git, the
 * time of the file. A command that names no file has the day of the last commit.
 */
export async function dateEntries(
  project: Project,
  sources: ReadonlyMap<string, SourceFacts>,
  commands: readonly Command[],
  asOf: string | null,
): Promise<readonly EntryDate[]> {
  const entries = commands.map((command) => ({ command, files: entryFiles(project, command) }));
  const wanted = [...entries.flatMap(({ files }) => files), ""];
  const commits = project.git === null ? new Map<string, string>() : await commitDates(project.root, wanted);
  return entries.map(({ command, files }) => {
    const file = files[0] ?? null;
    const mark = file?.endsWith(".ipynb") === true ? watermarkOf(project, file) : null;
    const python = pythonOf(file === null ? undefined : sources.get(file), mark);
    const base = { entry: command.name, file, python, packages: mark?.packages ?? new Map<string, string>() };
    const location = { file: file ?? command.location?.file ?? "", line: null };
    if (asOf !== null) return { ...base, date: asOf, by: "as-of", location };
    const committed =
      latest(files.map((path) => commits.get(path))) ?? (file === null ? commits.get("") : undefined);
    const stated = mark?.date ?? null;
    if (stated !== null && (committed === undefined || stated.day <= committed)) {
      return { ...base, date: stated.day, by: "watermark", location: { ...location, line: stated.line } };
    }
    if (committed !== undefined) return { ...base, date: committed, by: "commit", location };
    return { ...base, date: fileDate(project, files), by: "file", location };
  });
}

function latest(days: readonly (string | undefined)[]): string | undefined {
  return days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
}

function watermarkOf(project: Project, file: string): Watermark | null {
  const size = project.files.find(({ path }) => path === file)?.size ?? 0;
  const at = `${project.root}/${file}`;
  return size <= limitBytes && exists(at) ? readWatermark(readText(at)) : null;
}

function pythonOf(facts: SourceFacts | undefined, mark: Watermark | null): EntryDate["python"] {
  const version = facts?.kind === "notebook" ? facts.pythonVersion : null;
  const series = /^3\.\d+/u.exec(version ?? "")?.[0];
  if (series !== undefined) return { series, by: "notebook" };
  return mark?.python ? { series: mark.python.series, by: "watermark" } : null;
}

/** The newest of these files, or of all where none is named; today where there is no file at all. */
function fileDate(project: Project, files: readonly string[]): string {
  const own = project.files.filter(({ path }) => files.length === 0 || files.includes(path));
  const newest = Math.max(...own.map(({ mtimeMs }) => mtimeMs));
  return Number.isFinite(newest) ? new Date(newest).toISOString().slice(0, 10) : now().slice(0, 10);
}
