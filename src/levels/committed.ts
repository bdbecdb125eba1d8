import {
  compareCommitted,
  compareCommittedParts,
  summarise,
  type CommittedParts,
  type FileState,
} from "../compare/index.ts";
import {
  isExecutable,
  type Committed,
  type Comparison,
  type Output,
  type Project,
  type Run,
} from "../model/index.ts";
import { committedFiles } from "../project/index.ts";
import type { Store } from "../store/index.ts";
import { entryKind, joinPath, readBytes, readLink } from "../system/index.ts";
import type { Subject } from "./subject.ts";

/**
 * The second verdict: does the reference run give what the owner committed? Compared are the files that the run wrote and
 * Git's HEAD holds, or the index for the first time (in a folder without Git: those that were there before the run), and
 * the stored outputs of notebooks, cell by cell. An edit that was never committed is no part of what is compared.
 */
export async function committedVerdict(
  subject: Subject,
  runs: Iterable<Run>,
  store: Store,
): Promise<Committed> {
  const committed = await committedStates(subject.project);
  const byOutput = new Map<string, readonly Comparison[]>();
  for (const run of runs) {
    const context = { command: run.command, rules: subject.project.compareRules };
    for await (const { output, before, after } of pairsOf(run, committed, store)) {
      const comparisons = await compareCommitted(output.path, before, after, context);
      byOutput.set(`${output.kind}:${output.path}`, comparisons);
    }
  }
  const comparisons = [...byOutput.values()].flat();
  const counts = summarise(comparisons);
  return {
    verdict: verdictFor(comparisons.length, counts.different),
    ...counts,
    comparisons: comparisons.filter((comparison) => comparison.verdict !== "identical"),
  };
}

type Compared = Pick<Project, "root" | "git" | "files" | "compareRules">;

/** What one run gave against what was committed, as committedVerdict compares, with a notebook's pictures apart. */
export async function committedParts(project: Compared, run: Run, store: Store): Promise<CommittedParts> {
  const parts: CommittedParts[] = [];
  const pairs = pairsOf(run, await committedStates(project), store);
  for await (const { output, before, after } of pairs) {
    const context = { command: run.command, rules: project.compareRules };
    parts.push(await compareCommittedParts(output.path, before, after, context));
  }
  return {
    cells: parts.flatMap(({ cells }) => cells),
    images: parts.flatMap(({ images }) => images),
    files: parts.flatMap(({ files }) => files),
  };
}

interface CommittedPair {
  readonly output: Output;
  readonly before: FileState;
  readonly after: FileState | null;
}

/** The files and notebooks that a run left and that were committed. */
async function* pairsOf(run: Run, committed: CommittedStates, store: Store): AsyncGenerator<CommittedPair> {
  for (const output of run.outputs) {
    if (output.kind !== "file" && output.kind !== "notebook") continue;
    const fresh = output.digest === null ? null : store.blobs.read(output.digest);
    const before = await committed(output.path, fresh);
    // A link to a notebook holds no outputs of its own.
    if (before === null || (output.kind === "notebook" && before.symlink)) continue;
    yield { output, before, after: stateOf(output, fresh, before) };
  }
}

/** What was committed at a path, null where nothing was; `fresh` saves asking Git for content that is the same. */
type CommittedStates = (path: string, fresh: Uint8Array | null) => Promise<FileState | null>;

async function committedStates({ root, git, files }: Compared): Promise<CommittedStates> {
  const tracked = git === null ? null : await committedFiles(root);
  if (tracked !== null) {
    return async (path, fresh) => {
      const file = tracked.get(path);
      if (file === undefined) return null;
      const bytes = fresh !== null && file.holds(fresh) ? fresh : await file.read();
      return bytes === null ? null : { bytes, executable: file.executable, symlink: file.symlink };
    };
  }
  const before = new Map(files.map((file) => [file.path, file]));
  return async (path) => {
    const file = before.get(path);
    const target = joinPath(root, path);
    if (file === undefined || entryKind(target) === null) return null;
    const symlink = file.kind === "symlink";
    return {
      bytes: symlink ? readLink(target) : readBytes(target),
      executable: isExecutable(file.mode),
      symlink,
    };
  };
}

/** What the run left. An executed notebook is handed over by Rung itself, so that it has no mode of its own. */
function stateOf(
  { kind, mode, symlink }: Output,
  bytes: Uint8Array | null,
  before: FileState,
): FileState | null {
  if (bytes === null) return null;
  return kind === "notebook" ? { ...before, bytes } : { bytes, executable: isExecutable(mode), symlink };
}

function verdictFor(compared: number, different: number): Committed["verdict"] {
  if (compared === 0) return "nothing to compare";
  if (different === 0) return "reproduced";
  return different === compared ? "not" : "partly";
}

/** The verdict of a project that has not been run. */
export const committedUnknown: Committed = {
  verdict: "unknown",
  compared: 0,
  identical: 0,
  normalised: 0,
  tolerance: 0,
  different: 0,
  comparisons: [],
};
