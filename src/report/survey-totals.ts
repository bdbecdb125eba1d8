import type { ComparisonCounts, SurveyProject } from "../model/index.ts";

/** What a survey comes to, one line for each kind of thing that was counted. */
export function surveyTotals(projects: readonly SurveyProject[]): readonly string[] {
  const entries = projects.flatMap((project) => project.entries);
  const started = entries.filter(({ ran }) => ran !== null);
  const ran = started.filter((entry) => entry.ran === true).length;
  const lines = [
    started.length === 0
      ? `${count(projects.length, "project")}, ${count(entries.length, "entry", "entries")}; nothing was run`
      : `${count(projects.length, "project")}: ${ran} of ${count(started.length, "entry", "entries")} ran`,
  ];
  const kinds = [
    ["stored cells", entries.map(({ cells }) => cells)],
    ["stored images", entries.map(({ images }) => images)],
    ["committed files", entries.map(({ files }) => files)],
  ] as const;
  for (const [name, counts] of kinds) {
    const line = sharesLine(name, counts);
    if (line !== null) lines.push(line);
  }
  return lines;
}

function sharesLine(name: string, counts: readonly ComparisonCounts[]): string | null {
  const sum = (key: keyof ComparisonCounts): number => counts.reduce((total, one) => total + one[key], 0);
  const compared = sum("compared");
  if (compared === 0) return null;
  const same = compared - sum("different");
  const percent = ((same / compared) * 100).toFixed(1);
  return `${name}: ${same} of ${compared} the same (${percent} %): ${sum("identical")} identical, ${sum("normalised")} equal after normalising, ${sum("tolerance")} within tolerance; ${sum("different")} different`;
}

function count(amount: number, one: string, more = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : more}`;
}
