import type { Run, Trace } from "../../model/index.ts";
import { listProject } from "../../project/listing.ts";
import { copyTree, hookFiles } from "../../sandbox/index.ts";
import { joinPath, temporaryDirectory } from "../../system/index.ts";
import type { PlaceExperiment } from "./experiment.ts";
import { findPlaces, type PlacesFound } from "./find-places.ts";
import { instrumentFiles } from "./instrument-files.ts";

/** The most files that are probed: what a run reads of its own code is less, unless it holds whole libraries. */
const fileLimit = 500;

/**
 * The places in the project's code where one cause enters, found by runs of an instrumented copy. `runLimit` bounds these
 * runs. Never throws for what the project does.
 */
export async function findCausePlaces(experiment: PlaceExperiment, runLimit: number): Promise<PlacesFound> {
  const { sites, edits } = await instrumentFiles(experiment.root, codeFiles(experiment));
  if (sites.length === 0) return { result: "none", places: [], runs: 0, experiment: "" };
  using folder = temporaryDirectory("values");
  const reached = new Set(experiment.differences.map(({ output }) => output));
  let count = 0;
  return findPlaces<Run>({
    sites,
    runLimit,
    async run(side, replay) {
      count += 1;
      const values = joinPath(folder.path, `${count}`);
      const probe = { replay: replay?.values ?? null, replaySites: replay?.sites ?? [] };
      const done = await experiment.run(side === "first" ? "rest" : "changed", { edits, probe }, (left) => {
        copyTree(joinPath(left.shared, hookFiles.values), values);
      });
      return done === null ? null : { values, outputs: done.run };
    },
    async same(first, second) {
      // Probes that break the program show nothing of its difference.
      if (first.exitCode !== experiment.rest.exitCode) return true;
      const found = await experiment.compare(first, second);
      return !found.some(({ output }) => reached.has(output));
    },
  });
}

/** The Python files and notebooks of the tree that the run read. */
function codeFiles({ root, trace, hints, rest }: PlaceExperiment): string[] {
  const notebooks = rest.outputs.filter(({ kind }) => kind === "notebook").map(({ path }) => path);
  // Before Python 3.8 nothing tells what was read: any module of the tree may have been.
  const seen = trace.coverage.layers.includes("audit") ? readInTree(trace) : modulesIn(root);
  const read = [...seen, ...hints.map(({ file }) => file), ...notebooks];
  return Array.from(new Set(read))
    .filter((path) => /\.(?:pyw?|ipynb)$/u.test(path))
    .slice(0, fileLimit);
}

function modulesIn(root: string): string[] {
  return listProject(root)
    .entries.map(({ path }) => path)
    .filter((path) => path.endsWith(".py"));
}

function readInTree({ files }: Trace): string[] {
  return files
    .filter(({ area, read }) => area === "tree" && read)
    .map(({ path }) => path.replace(/__pycache__\/([^/]+?)\.[\w.-]+\.pyc$/u, "$1.py"));
}
