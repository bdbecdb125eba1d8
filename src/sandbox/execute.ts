import { randomUUID } from "node:crypto";
import { ToolError } from "../model/index.ts";
import {
  findProgram,
  joinPath,
  makeDirectory,
  now,
  readTail,
  runProcess,
  toNative,
  writeScratch,
  type ProcessResult,
} from "../system/index.ts";
import { takeBack } from "./conditions/started-elsewhere.ts";
import { backendNamed, detectIsolation } from "./detect.ts";
import { cutShort } from "./cut-short.ts";
import { endInWords, lastLines, tailOf } from "./error-tail.ts";
import { describeIsolation } from "./isolation.ts";
import { notebookInvocation, readNotebookReport, type NotebookReport } from "./notebook.ts";
import { backendFailure, type Backend } from "./plan.ts";
import { preparePlace, type Place } from "./prepare.ts";
import type { RunRequest, RunResult } from "./request.ts";
import { shellInvocation } from "./shell-line.ts";
import { refuseFullDisk, runRecord } from "./run-record.ts";
import { takeSnapshot } from "./snapshot.ts";

/**
 * Runs one command once in a copy of its tree and says what it did. That the command fails is a result, not an error.
 * Throws ToolError: ISOLATION_UNAVAILABLE, TOOL_MISSING (a notebook without the tools for it), DISK_FULL, PATH_UNREADABLE.
 */
export async function executeCommand(request: RunRequest): Promise<RunResult> {
  const { command } = request;
  const backend = backendNamed(await detectIsolation());
  const isolation = describeIsolation(backend.kind, request);
  request.onProgress?.(`${command.name}: copying the tree`);
  const place = await preparePlace(request, backend);
  const isNotebook = command.kind === "notebook";
  const own = isNotebook ? notebookInvocation(request, place) : shellInvocation(request, place);
  const watcher = request.watcher?.(place.sharedInside) ?? [];
  const invocation = { argv: [...watcher, ...own.argv], cwd: own.cwd };

  request.onProgress?.(`${command.name}: running`);
  const startedAt = now();
  const files = { stdout: joinPath(place.directory, "stdout"), stderr: joinPath(place.directory, "stderr") };
  const script = writeScript(backend, place, invocation);
  // Where no process namespace ends what the command leaves running, a mark finds it.
  const mark = backend.kind === "none" ? { mark: place.directory } : {};
  const result = await runProcess(["/bin/sh", script], {
    cwd: "/",
    env: place.variables,
    ...mark,
    // A notebook's runner keeps the time itself, to say in which cell it ran out; this is for when it hangs.
    timeoutMs: (command.timeoutSeconds + (isNotebook ? 20 : 0)) * 1000,
    stdoutFile: files.stdout,
    stderrFile: files.stderr,
  });
  if (place.moved !== null) takeBack(place.moved.startFolder.real, place.moved.home);
  refuseFullDisk(place.directory, command.name);
  refuseBrokenSandbox(result, files.stderr, backend);
  const report = isNotebook ? readNotebookReport(place) : null;
  const timedOut = result.timedOut || (report?.timedOut ?? false);
  const run = runRecord({
    id: randomUUID(),
    command,
    blobs: request.blobs,
    startedAt,
    result,
    timedOut,
    tree: place.tree,
    before: place.before,
    after: takeSnapshot(place.tree),
    digestBefore: place.digestBefore,
    shared: place.shared,
    ...files,
    errorTail: errorTail({ ...result, timedOut }, files, report, command.timeoutSeconds),
    isolation: { ...isolation, network: place.plan.network },
    python: request.environment.interpreter.version,
  });
  return {
    run,
    tree: place.tree,
    treeInside: place.treeInside,
    shared: place.shared,
    cutShort: cutShort({ ...result, timedOut }, report),
    conditionsNotMet: place.conditionsNotMet,
    overlayImports: report?.overlayImports ?? [],
    notCopied: place.notCopied,
  };
}

/** The script is a file of bytes, since arguments of a process could not carry names that are not UTF-8. */
function writeScript(
  backend: Backend,
  place: Place,
  invocation: { readonly argv: readonly string[]; readonly cwd: string },
): string {
  const program = backend.program === null ? "" : findProgram(backend.program);
  if (program === null) throw broken(backend, `${backend.program} is not installed`);
  const scratch = joinPath(place.directory, "scratch");
  makeDirectory(scratch);
  const { cwd } = invocation;
  const argv = place.wrap(invocation.argv);
  const text = backend.script({ ...place.plan, argv, cwd }, { program, scratch });
  const script = joinPath(place.directory, "enter");
  writeScratch(script, toNative(text));
  return script;
}

function refuseBrokenSandbox(result: ProcessResult, stderr: string, backend: Backend): void {
  if (result.exitCode === 0 || backend.program === null) return;
  const said = readTail(stderr, 4096);
  const starts = [`${backend.program}: `, backendFailure];
  if (starts.some((start) => said.startsWith(start))) throw broken(backend, lastLines(said));
}

function broken(backend: Backend, why: string): ToolError {
  return new ToolError("ISOLATION_UNAVAILABLE", `The sandbox could not be set up: ${why}`, {
    hint: `It was made with ${backend.kind}; RUNG_ISOLATION=bubblewrap, unshare or none chooses another.`,
  });
}

function errorTail(
  result: ProcessResult,
  files: { readonly stdout: string; readonly stderr: string },
  report: NotebookReport | null,
  timeoutSeconds: number,
): string {
  if (result.exitCode === 0 && !result.timedOut) return "";
  // The runner repeats its word at the end of standard error, after the kernel's.
  const fromCell = report !== null && !report.kernelFailed ? report.error : null;
  const said = fromCell ?? (tailOf(files.stderr) || tailOf(files.stdout));
  const end = endInWords(result, timeoutSeconds);
  return [said, end].filter(Boolean).join("\n");
}
