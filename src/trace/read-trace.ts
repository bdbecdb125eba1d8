import type { GitState, Trace, TracedProcess } from "../model/index.ts";
import { hookFiles, type RunRequest, type RunResult } from "../sandbox/index.ts";
import { exists, joinPath, lookUpOnce } from "../system/index.ts";
import { areasOf, type Areas } from "./areas.ts";
import { coverageOf } from "./coverage.ts";
import type { Fold } from "./fold/fold-events.ts";
import type { SeenProcess } from "./fold/processes.ts";
import { tracedMachine } from "./machine.ts";
import { tracedModules } from "./modules.ts";
import { placesOf } from "./places.ts";
import { readEvents, type FollowedEvents, type OnEvent } from "./read-events.ts";
import { readLines } from "./read-lines.ts";
import { StraceFold } from "./strace/fold-strace.ts";
import { joinProcesses } from "./strace/join.ts";
import { straceFile, straceLimitBytes } from "./strace/strace-command.ts";
import { timeInOutputs } from "./time-in-outputs.ts";
import { tracedFiles } from "./traced-files.ts";

export interface TraceContext {
  /** What Git says of the project, where it is a work tree. */
  readonly git: GitState | null;
  /** What could not be watched beside, in words for the coverage ("other programs: strace is not installed"). */
  readonly notes?: readonly string[];
  /** The sha256 of what a path of the tree held before the run, where that is known: what stayed is not read again. */
  readonly digestBefore?: (path: string) => string | null;
  /** Sees each event as it is read: for what a trace does not keep, such as what the program logged. */
  readonly onEvent?: OnEvent;
  /** The events that were taken up while the run went on: nothing is read again then, and `onEvent` sees nothing. */
  readonly followed?: FollowedEvents;
}

/**
 * What a run really did, from what its hook left in the shared folder. Call it while the copy that the command ran in is
 * still there: its inputs are digested now. What the lines say is a hostile process's word: it is bounded, and kept as
 * data. Never throws for what a run wrote.
 */
export async function readTrace(
  request: RunRequest,
  result: RunResult,
  { git, notes = [], digestBefore = () => null, onEvent, followed }: TraceContext,
): Promise<Trace> {
  const { run } = result;
  const look = lookUpOnce(result.tree, result.after);
  const areas = areasOf(request, result, look);
  const isThere = (path: string): boolean => {
    const found = areas(path);
    return found !== null && (found.here === null || look(found.here) !== null);
  };
  const events = joinPath(result.shared, hookFiles.events);
  const { fold, broken } = await (followed?.finish() ?? readEvents(events, isThere, onEvent));
  const place = placesOf(request, result);
  const spoken = fold.processes.finish();
  const deep = await foldStrace(request, result, fold);
  const joined = joinProcesses(spoken.processes, deep?.processes.all() ?? []);
  const processes = joined.filter(({ executable }) => executable === "" || isTheirs(executable, areas));
  if (deep !== null) countRandom(deep, processes, fold);
  // Python reads the code that it imports by itself, without an event.
  for (const { file } of fold.modules.all())
    if (areas(file)?.area === "tree") fold.files.open(file, "r", null, null);
  // Rung's own program reads it, which is watched by nothing.
  if (run.kind === "notebook") {
    const notebook = joinPath(result.treeInside, request.command.run);
    fold.files.open(notebook, "r", null, null);
  }
  const found = await tracedFiles(fold.files.all(), areas, place, run, { look, digestBefore });
  const clocks = fold.clocks.finish(place);
  const libraries = fold.libraries.finish(place).map(({ file }) => file);
  const opened = found.files.filter(({ path }) => path.includes(".so")).map(({ path }) => path);
  const began = processes[0]?.start ?? 0;
  return {
    schemaVersion: 1,
    run: run.id,
    command: run.command,
    root: request.root,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    coverage: coverageOf({
      processes,
      dropped: spoken.dropped + fold.dropped + broken + (deep?.dropped ?? 0),
      lost: fold.lost.finish(place).map(({ why }) => why),
      notes: [
        ...notes,
        ...(clocks.length === 0 ? [] : [whereClocksGo]),
        ...(found.unhashed === 0 ? [] : [unhashedText(found.unhashed, found.unhashedBytes)]),
      ],
      deep: deep !== null,
      events: fold.events,
      timedOut: run.timedOut,
    }),
    processes: processes.map((process) => tracedProcess(process, began)),
    files: found.files,
    modules: tracedModules(fold.modules.all(), areas, request.environment),
    variables: fold.variables.finish(place),
    hosts: fold.hosts.finish(place),
    generators: fold.generators.finish(place),
    entropy: fold.entropy.finish(place),
    clocks,
    timeInOutputs: timeInOutputs(request, result),
    machineReads: fold.machine.finish(place),
    listings: fold.listings.finish(place),
    threads: processes.reduce((sum, { threads }) => sum + threads, 0),
    libraries,
    machine: tracedMachine(request, [...libraries, ...opened]),
    git: git === null ? null : { commit: git.head, modified: [...git.modified, ...git.untracked] },
  };
}

const whereClocksGo =
  "whether clock readings reach outputs in another form than the time of the run, or decide what is done (rung why and rung shake try)";

/** What strace wrote beside, where it watched. */
async function foldStrace(
  request: RunRequest,
  { shared, treeInside }: RunResult,
  fold: Fold,
): Promise<StraceFold | null> {
  const file = joinPath(shared, straceFile);
  if (request.watcher === undefined || !exists(file)) return null;
  const strace = new StraceFold(fold, treeInside);
  const { broken } = await readLines(file, straceLimitBytes, (line) => strace.add(line));
  strace.dropped += broken;
  return strace;
}

/** Random bytes that no hook saw drawn: those of programs other than Python. */
function countRandom(strace: StraceFold, processes: readonly SeenProcess[], fold: Fold): void {
  const known = new Set(processes.flatMap(({ id, hook }) => (hook ? [id] : [])));
  for (const [{ id }, times] of strace.random) if (!known.has(id)) fold.entropy.add("getrandom", null, times);
}

/** Not Rung's own, as the program that runs a notebook is. */
function isTheirs(executable: string, areas: Areas): boolean {
  return !executable.startsWith("/") || areas(executable) !== null;
}

function tracedProcess(seen: SeenProcess, began: number): TracedProcess {
  const ms = (time: number): number => Math.round((time - began) / 1000) / 1000;
  return {
    id: seen.id,
    parent: seen.parent,
    executable: seen.executable,
    argv: seen.argv,
    cwd: seen.cwd,
    python: seen.python,
    startMs: ms(seen.start),
    endMs: seen.end === null ? null : ms(seen.end),
    exitCode: seen.exitCode,
    seenBy: seen.hook ? (seen.strace ? "both" : "hook") : seen.strace ? "strace" : "none",
  };
}

function unhashedText(count: number, bytes: number): string {
  return `the contents of ${count} large ${count === 1 ? "file" : "files"} (${(bytes / 1e9).toFixed(1)} GB), which were not digested`;
}
