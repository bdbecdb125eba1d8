import { summarise, type CommittedParts } from "../compare/index.ts";
import { committedParts } from "../levels/index.ts";
import type { Comparison, ComparisonCounts, Run, SurveyEntry } from "../model/index.ts";
import { discoverProject } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { noCounts } from "./blank.ts";

export type EntryCounts = Pick<SurveyEntry, "cells" | "images" | "files" | "differences">;

/** What runs gave against what was committed in the project at `root`, whose store holds their outputs. */
export async function countRuns(
  root: string,
  runs: readonly (Run | null)[],
): Promise<readonly EntryCounts[]> {
  const { project } = await discoverProject(root, async () => new Map());
  const store = openStore(project.root);
  try {
    const counts: EntryCounts[] = [];
    for (const run of runs) {
      const parts =
        run === null ? { cells: [], images: [], files: [] } : await committedParts(project, run, store);
      counts.push(countParts(parts));
    }
    return counts;
  } finally {
    store.close();
  }
}

function countParts({ cells, images, files }: CommittedParts): EntryCounts {
  return {
    cells: summarise(cells),
    images: summarise(images),
    files: summarise(files),
    differences: [
      ...cells.map(differenceText),
      ...files.map(differenceText),
      ...images.map(pictureText),
    ].filter((text) => text !== null),
  };
}

/** Where a comparison differs first; null where it does not. */
function differenceText({ verdict, output, differences: [first], measure }: Comparison): string | null {
  if (verdict !== "different") return null;
  if (first === undefined) return `${output}${measure === null ? "" : `: ${measure}`}`;
  return `${output}, ${first.where}: ${JSON.stringify(first.before)} became ${JSON.stringify(first.after)}`;
}

/** As differenceText, by how far a picture is off where that is known: a pixel tells less. */
function pictureText(comparison: Comparison): string | null {
  const { verdict, output, measure } = comparison;
  if (verdict !== "different" || measure === null) return differenceText(comparison);
  return `${output}, picture: ${measure}`;
}

export function addCounts(one: ComparisonCounts, other: ComparisonCounts): ComparisonCounts {
  return {
    compared: one.compared + other.compared,
    identical: one.identical + other.identical,
    normalised: one.normalised + other.normalised,
    tolerance: one.tolerance + other.tolerance,
    different: one.different + other.different,
  };
}

export const noEntryCounts: EntryCounts = {
  cells: noCounts,
  images: noCounts,
  files: noCounts,
  differences: [],
};
