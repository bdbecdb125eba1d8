import Table from "cli-table3";
import type { ComparisonCounts, SurveyEntry, SurveyProject } from "../model/index.ts";
import type { Paint } from "./paint.ts";
import { printableRecord } from "./printable.ts";
import { surveyTotals } from "./survey-totals.ts";

export interface SurveyTableOptions {
  readonly paint: Paint;
  /** Also show what differs and what was done. */
  readonly verbose: boolean;
  /** Columns of the screen. */
  readonly width: number;
}

const headings = ["project", "level", "ran", "cells", "images", "date", "python", "cause"] as const;

/** One line for each project, what they come to together, and below why each entry that failed did. */
export function renderSurvey(surveyed: readonly SurveyProject[], options: SurveyTableOptions): string {
  const projects = printableRecord(surveyed);
  const blocks = [
    table(projects, options),
    surveyTotals(projects).join("\n"),
    causes(projects, options.paint),
    options.verbose ? details(projects, options.paint) : "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function table(projects: readonly SurveyProject[], { paint, width }: SurveyTableOptions): string {
  const rows = projects.map((project) => cellsOf(project).map((cell) => cell.replaceAll(/\s+/gu, " ")));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => [...(row[column] ?? "")].length)),
  );
  const [name = 0, ...others] = widths.slice(0, -1).map((wide) => wide + gap);
  const left = width - others.reduce((sum, wide) => sum + wide, 0);
  const nameWidth = Math.max(narrowestName, Math.min(name, widestName, left - narrowestCause));
  const drawn = new Table({
    head: headings.map((heading) => paint.dim(heading)),
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
    colWidths: [nameWidth, ...others, Math.max(left - nameWidth, narrowestCause)],
    colAligns: ["left", "right", "right", "right", "right", "left", "left", "left"],
  });
  for (const [index, row] of rows.entries()) {
    const [shownName = "", level = "", ...rest] = row;
    const project = projects[index];
    drawn.push([shownName, project === undefined ? level : painted(level, project, paint), ...rest]);
  }
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const gap = 2;
const widestName = 42;
const narrowestName = 16;
const narrowestCause = 24;
const edges = ["top", "bottom", "left", "right", "mid"].flatMap((side) =>
  ["", "-mid", "-left", "-right"].map((part) => `${side}${part}`),
);
const noLines = Object.fromEntries([...edges, "middle"].map((edge) => [edge, ""]));

function cellsOf(project: SurveyProject): readonly string[] {
  const { entries } = project;
  const ran = entries.some((entry) => entry.ran !== null)
    ? `${entries.filter((entry) => entry.ran === true).length}/${entries.length}`
    : "–";
  const dates = entries.flatMap(({ date }) => date ?? []).toSorted();
  const pythons = entries.flatMap(({ python }) => python?.split(", ") ?? []).map(minor);
  return [
    project.project,
    project.level === null ? "?" : String(project.level),
    ran,
    share(entries.map(({ cells }) => cells)),
    share(entries.map(({ images }) => images)),
    dates.at(-1)?.slice(0, 10) ?? "",
    [...new Set(pythons)].toSorted().join(" "),
    shortCause(project),
  ];
}

/** "3.8.18" and "CPython 3.8.18" as "3.8". */
function minor(python: string): string {
  return /\d+\.\d+/u.exec(python)?.[0] ?? python;
}

function share(counts: readonly ComparisonCounts[]): string {
  const compared = counts.reduce((sum, one) => sum + one.compared, 0);
  const different = counts.reduce((sum, one) => sum + one.different, 0);
  return compared === 0 ? "–" : `${compared - different}/${compared}`;
}

function shortCause({ cause, entries }: SurveyProject): string {
  if (cause !== null) return cause;
  const causes = [...new Set(entries.flatMap((entry) => entry.cause ?? []))];
  const more = causes.length > 1 ? `(${causes.length} causes) ` : "";
  return causes.length === 0 ? "" : `${more}${causes[0] ?? ""}`;
}

function painted(text: string, { level }: SurveyProject, paint: Paint): string {
  if (level === null) return paint.yellow(text);
  return level < 0 ? paint.red(text) : paint.green(text);
}

function causes(projects: readonly SurveyProject[], paint: Paint): string {
  const blocks = projects.flatMap(({ project, cause, entries }) => {
    const lines = entries.flatMap((entry) =>
      entry.cause === null || entry.cause === cause ? [] : causeLines(entry),
    );
    if (cause !== null) lines.unshift(`    ${cause}`);
    return lines.length === 0 ? [] : [[`  ${paint.bold(project)}`, ...lines].join("\n")];
  });
  return blocks.length === 0 ? "" : [paint.bold("Causes"), ...blocks].join("\n");
}

function causeLines({ name, cause }: SurveyEntry): readonly string[] {
  return [`    ${name}`, `      ${cause ?? ""}`];
}

function details(projects: readonly SurveyProject[], paint: Paint): string {
  const blocks = projects.flatMap(({ project, steps, entries }) => {
    const lines = [
      ...steps.map((step) => `    did: ${step}`),
      ...entries.flatMap(({ differences }) => differences.map((difference) => `    differs: ${difference}`)),
    ];
    return lines.length === 0 ? [] : [[`  ${paint.bold(project)}`, ...lines].join("\n")];
  });
  return blocks.length === 0 ? "" : [paint.bold("What was done, and what differs"), ...blocks].join("\n");
}
