import { randomUUID } from "node:crypto";
import type { Command, Isolation, Run } from "../model/index.ts";
import { joinPath, listTree, makeDirectory, now, runProcess, setOwner } from "../system/index.ts";
import { copyTree } from "./copy-tree.ts";
import { endInWords, tailOf } from "./error-tail.ts";
import { digestOf, layOutputs } from "./outputs.ts";
import type { Blobs } from "./request.ts";
import { executedNotebook, refuseFullDisk, runRecord } from "./run-record.ts";
import { takeSnapshot } from "./snapshot.ts";

/** One command of an artifact that was handed over: a pack, an image. Paths are absolute, on this machine. */
export interface HandedOver {
  readonly command: Command;
  /** The project's folder in the unpacked artifact: the run gets a fresh copy of it. */
  readonly project: string;
  /** Whom the copy belongs to ("UID:GID"), where Rung runs as root and may say so. */
  readonly owner?: string;
  /** Runs whose file outputs are laid over the copy first, in this order. */
  readonly after: readonly Run[];
  readonly blobs: Blobs;
  /** Where copies are made; the caller's, to remove. */
  readonly workDirectory: string;
  /** What kept the run apart, and the version of its Python, for the record. */
  readonly isolation: Isolation;
  readonly python: string;
  /** The process that runs the command on that copy, inside whatever holds the artifact. */
  start(place: HandedOverPlace): Promise<HandedOverStart>;
}

export interface HandedOverPlace {
  /** The copy, to be put in the place of the artifact's own. */
  readonly tree: string;
  /** An empty folder for the executed notebook, by the name `executedNotebook`. */
  readonly shared: string;
  readonly executedNotebook: string;
  /** An empty folder for what starting needs. */
  readonly scratch: string;
}

export interface HandedOverStart {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the command once and says what it left, as `executeCommand` does. That the command fails is a result. */
export async function runHandedOver(request: HandedOver): Promise<Run> {
  const { command } = request;
  const directory = joinPath(request.workDirectory, `run-${randomUUID().slice(0, 8)}`);
  const tree = joinPath(directory, "tree");
  const shared = joinPath(directory, "shared");
  const scratch = joinPath(directory, "scratch");
  for (const folder of [shared, scratch]) makeDirectory(folder);
  copyTree(request.project, tree);
  layOutputs(tree, request.after, request.blobs);
  const laid = new Map(
    request.after.flatMap(({ outputs }) =>
      outputs.flatMap(({ kind, path, digest }) => (kind === "file" ? [[path, digest] as const] : [])),
    ),
  );
  if (request.owner !== undefined) for (const folder of [tree, shared]) giveTo(folder, request.owner);
  const before = takeSnapshot(tree);
  const { argv, env } = await request.start({ tree, shared, executedNotebook, scratch });
  const stdout = joinPath(directory, "stdout");
  const stderr = joinPath(directory, "stderr");
  const startedAt = now();
  const result = await runProcess(argv, {
    cwd: "/",
    env,
    timeoutMs: command.timeoutSeconds * 1000,
    stdoutFile: stdout,
    stderrFile: stderr,
  });
  refuseFullDisk(directory, command.name);
  const failed = result.exitCode !== 0 || result.timedOut;
  const said = failed ? tailOf(stderr) || tailOf(stdout) : "";
  return runRecord({
    id: randomUUID(),
    command,
    blobs: request.blobs,
    startedAt,
    result,
    timedOut: result.timedOut,
    tree,
    before,
    after: takeSnapshot(tree),
    digestBefore: (path) => laid.get(path) ?? digestOf(joinPath(request.project, path)),
    shared,
    stdout,
    stderr,
    errorTail: failed ? [said, endInWords(result, command.timeoutSeconds)].filter(Boolean).join("\n") : "",
    isolation: request.isolation,
    python: request.python,
  });
}

/** The folder and all in it. */
function giveTo(folder: string, owner: string): void {
  if (process.getuid?.() !== 0) return;
  const [user = 0, group = 0] = owner.split(":").map(Number);
  const { entries } = listTree(folder);
  for (const path of ["", ...entries.map((entry) => entry.path)])
    setOwner(joinPath(folder, path), user, group);
}
