import type { Run, Trace } from "../../model/index.ts";
import { listProject } from "../../project/listing.ts";
import { copyTree, hookFiles, type HookProbe, type RunRequest, type RunResult } from "../../sandbox/index.ts";
import { joinPath, temporaryDirectory } from "../../system/index.ts";
import type { ProbedRun, Replay } from "./find-places.ts";
import { instrumentFiles, type InstrumentedFiles } from "./instrument-files.ts";
import type { ProbeSite } from "./site.ts";

/** The most files that are probed: what a run reads of its own code is less, unless it holds whole libraries. */
const fileLimit = 500;

export interface ProbeSetup {
  readonly edits: ReadonlyMap<string, string>;
  readonly probe: HookProbe;
}

/** Makes one run of the instrumented copy. `read` looks at what it left while its copy is still there. Null where no run is
 *  left. */
export type MakeProbed = (
  setup: ProbeSetup,
  read: (result: RunResult, request: RunRequest) => void,
) => Promise<{ readonly run: Run; readonly failed: boolean } | null>;

export interface ProbedCopy extends ProbedRun<Run> {
  readonly failed: boolean;
}

/** The instrumented copy of one project, and the values of its runs until it is closed. */
export interface ProbeRoom {
  /** Empty where there is nothing to probe. */
  sites(): Promise<readonly ProbeSite[]>;
  run(replay: Replay | null, make: MakeProbed): Promise<ProbedCopy | null>;
  [Symbol.dispose](): void;
}

export interface ProbedCode {
  readonly root: string;
  /** Of the run as its owner has it. */
  readonly trace: Trace;
  /** Files to be probed even where the trace has not seen them read. */
  readonly more: readonly string[];
  /** A run of the command, for the notebooks that it is. */
  readonly reference: Run;
}

/** Instruments what a run reads of its own code, once it is asked for. Never throws for what the project does. */
export function openProbeRoom(code: ProbedCode): ProbeRoom {
  const folder = temporaryDirectory("values");
  let instrumented: Promise<InstrumentedFiles> | null = null;
  const copy = (): Promise<InstrumentedFiles> => {
    instrumented ??= instrumentFiles(code.root, codeFiles(code));
    return instrumented;
  };
  let count = 0;
  return {
    sites: async () => (await copy()).sites,
    async run(replay, make) {
      count += 1;
      const values = joinPath(folder.path, `${count}`);
      const { edits } = await copy();
      const probe = { replay: replay?.values ?? null, replaySites: replay?.sites ?? [] };
      const done = await make({ edits, probe }, (left) => {
        copyTree(joinPath(left.shared, hookFiles.values), values);
      });
      return done === null ? null : { values, outputs: done.run, failed: done.failed };
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** The Python files and notebooks of the tree that the run read. */
function codeFiles({ root, trace, more, reference }: ProbedCode): string[] {
  const notebooks = reference.outputs.filter(({ kind }) => kind === "notebook").map(({ path }) => path);
  // Before Python 3.8 nothing tells what was read: any module of the tree may have been.
  const seen = trace.coverage.layers.includes("audit") ? readInTree(trace) : modulesIn(root);
  return Array.from(new Set([...seen, ...more, ...notebooks]))
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
