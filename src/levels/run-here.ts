import { randomUUID } from "node:crypto";
import { ToolError, type Command, type Finding, type Run, type Trace } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { boundedBlobs } from "../records/index.ts";
import {
  executeCommand,
  hookFiles,
  runInPlace,
  sharedInPlace,
  variablesForSeed,
  type RunRequest,
} from "../sandbox/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { isDiskFull, joinPath, now, onInterruption, temporaryDirectory } from "../system/index.ts";
import type * as reader from "../trace/index.ts";
import { deepWatcher, observeSettings } from "../trace/watching.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import type { HereOptions, HereRun } from "./here.ts";
import { interruptedRun, nowhere } from "./interrupted-run.ts";
import { notebookTools } from "./notebook-tools.ts";
import { commandNamed, madeEnvironment } from "./owner-run.ts";
import { openRecord } from "./run-record.ts";
import { readSubject } from "./subject.ts";
import { unseededGenerators } from "./unseeded-generators.ts";
import { ownerVariables } from "./variables.ts";

export interface HereResult {
  readonly command: Command;
  readonly run: Run;
  /** What it did, where it was observed. */
  readonly trace: Trace | null;
  /** Where the executed notebook is, for kind notebook. */
  readonly notebook: string | null;
  /** What the trace shows of random numbers that no seed set. */
  readonly findings: readonly Finding[];
  /** Where a switch for deterministic operations, which a seed sets too, ended it: what that means. */
  readonly refused: Finding | null;
}

/**
 * Runs one of the project's commands in the user's own tree and environment, and keeps a record of it. A notebook runs
 * from the top in a fresh copy; the executed notebook is kept in .rung/, and the user's own stays as it is.
 */
export async function runHere(directory: string, name: string, options: HereOptions): Promise<HereResult> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    const command = commandNamed(name, subject);
    const environment = await madeEnvironment(subject, options.progress);
    const variables = ownerVariables(subject.project.config.variables, process.env);
    options.progress(`${name}: environment ${environment.description}`);
    return await runRecorded({ id: randomUUID(), subject, command, environment, variables, store, options });
  } finally {
    store.close();
  }
}

async function runRecorded(here: HereRun): Promise<HereResult> {
  const { command, options, store, subject } = here;
  using work = temporaryDirectory("here");
  const batch = store.blobs.batch();
  const kept = boundedBlobs(batch);
  const request = await requestOf(here, work.path, kept);
  const record = await openRecord(here, batch);
  const startedAt = now();
  using _kept = onInterruption(async () => {
    await record.close({
      run: interruptedRun(here, startedAt),
      trace: null,
      place: nowhere,
      notes: ["what it left when it was interrupted"],
    });
  });
  const running =
    command.kind === "notebook"
      ? executeCommand(request)
      : runInPlace(request, {
          id: here.id,
          output: options.output,
          lines: record.log.lines,
          digestBefore: record.digestBefore,
          listed: here.subject.listed,
        });
  const [result, { reading, followed }] = await Promise.all([
    running,
    loadReading(here, request, record.log.see),
  ]);
  const made = { ...result, run: { ...result.run, id: here.id } };
  const full = isDiskFull(work.path) ? ["what came after the disk of temporary files was full"] : [];
  const { git } = subject.project;
  const trace = options.trace
    ? await reading.readTrace(request, made, {
        git,
        notes: full,
        digestBefore: record.digestBefore,
        onEvent: record.log.see,
        ...(followed === null ? {} : { followed }),
      })
    : null;
  const { packTrace, placesOf } = await import("../trace/index.ts");
  const run = await record.close({
    run: trace === null ? made.run : { ...made.run, trace: batch.put(packTrace(trace)) },
    trace,
    place: placesOf(request, made),
    notes: [
      ...full.map((what) => `not kept: ${what}`),
      ...(kept.left === 0
        ? []
        : [`the contents of ${kept.left} large outputs are known by their digests alone`]),
    ],
  });
  return {
    command,
    run,
    trace,
    notebook: keptNotebook(run, command, store),
    findings: trace === null ? [] : unseededGenerators(trace),
    refused: run.exitCode === 0 ? null : await refusalIn(run, command, subject.project.root),
  };
}

async function refusalIn(run: Run, command: Command, root: string): Promise<Finding | null> {
  const { explainFailure } = await import("../diagnose/index.ts");
  const told = explainFailure(command, run, root);
  return told?.rule === "determinism-refused" ? told : null;
}

/** What makes a trace, loaded while the command runs; then it takes up what the hook says of it. */
async function loadReading(
  { command, environment, options }: HereRun,
  request: RunRequest,
  onEvent: reader.OnEvent,
): Promise<{ readonly reading: Reading; readonly followed: reader.FollowedEvents | null }> {
  const reading = await import("../trace/index.ts");
  if (!options.trace) return { reading, followed: null };
  reading.readAhead(environment);
  if (command.kind === "notebook") return { reading, followed: null };
  const events = joinPath(sharedInPlace(request), hookFiles.events);
  return { reading, followed: reading.followEvents(events, onEvent) };
}

type Reading = typeof reader;

async function requestOf(
  { command, environment, options, subject, variables }: HereRun,
  workDirectory: string,
  blobs: RunRequest["blobs"],
): Promise<RunRequest> {
  const { root } = subject.project;
  const { seed, forceSeed, trace, words, progress } = options;
  const watcher = options.deep ? await deepWatcher() : null;
  if (watcher !== null && "missing" in watcher)
    throw new ToolError("TOOL_MISSING", `--deep needs strace: ${watcher.missing}`, {
      hint: "Install strace (apt install strace), or leave --deep out.",
    });
  const isHooked = trace || seed !== null || forceSeed;
  return {
    command: { ...command, needs: [] },
    root,
    tree: root,
    scope: "copy",
    environment,
    tools: await notebookTools([command], environment, progress),
    variables: { ...(seed === null ? {} : variablesForSeed(seed)), ...variables },
    after: [],
    network: true,
    blobs,
    workDirectory,
    onProgress: progress,
    arguments: words,
    ...(isHooked ? { hook: { ...observeSettings(), record: trace, seed, forceSeed } } : {}),
    ...(watcher === null ? {} : { watcher: watcher.watcher }),
  };
}

/** The executed notebook, laid where its owner finds it. */
function keptNotebook(run: Run, command: Command, store: Store): string | null {
  const executed = run.outputs.find((output) => output.kind === "notebook")?.digest ?? null;
  if (executed === null || !store.blobs.has(executed)) return null;
  const notebook = joinPath(store.directory, "notebooks", command.run);
  store.blobs.copyTo(executed, notebook);
  return notebook;
}
