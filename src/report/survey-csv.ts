import { stringify } from "csv-stringify/sync";
import type { ComparisonCounts, SurveyEntry, SurveyProject } from "../model/index.ts";

const verdicts = ["compared", "identical", "normalised", "tolerance", "different"] as const;

/**
 * A survey as CSV (RFC 4180): one row for each entry, the project's own columns repeated; one row with an empty entry
 * where a project has none. Names and causes come from the projects: what a spreadsheet would take for a formula is
 * quoted so that it stays text.
 */
export function renderSurveyCsv(projects: readonly SurveyProject[]): string {
  const rows = projects.flatMap((project) =>
    project.entries.length === 0
      ? [rowOf(project, null)]
      : project.entries.map((entry) => rowOf(project, entry)),
  );
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: "\r\n",
  });
}

const columns = [
  "project",
  "level",
  "entry",
  "kind",
  "ran",
  "seconds",
  ...verdicts.map((verdict) => `cells_${verdict}`),
  ...verdicts.map((verdict) => `images_${verdict}`),
  ...verdicts.map((verdict) => `files_${verdict}`),
  "date",
  "python",
  "cause",
  "directory",
];

function rowOf(
  { project, level, cause, directory }: SurveyProject,
  entry: SurveyEntry | null,
): readonly string[] {
  return [
    plainText(project),
    shown(level),
    plainText(entry?.name ?? ""),
    entry?.kind ?? "",
    shown(entry?.ran ?? null),
    shown(entry?.seconds ?? null),
    ...countsOf(entry?.cells),
    ...countsOf(entry?.images),
    ...countsOf(entry?.files),
    entry?.date ?? "",
    entry?.python ?? "",
    plainText(entry?.cause ?? cause ?? ""),
    plainText(directory),
  ];
}

function countsOf(counts: ComparisonCounts | undefined): readonly string[] {
  return verdicts.map((verdict) => shown(counts?.[verdict] ?? null));
}

function shown(value: number | boolean | null): string {
  return value === null ? "" : String(value);
}

/** A text that a spreadsheet would take for a formula, with the apostrophe that tells it not to. */
function plainText(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
}
