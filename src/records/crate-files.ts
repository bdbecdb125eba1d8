import { posix } from "node:path";
import { projectMembers, writeArchive } from "../artifacts/index.ts";
import { makeFinding, ToolError, type Finding, type Run } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import {
  copyFileAtomic,
  entryKind,
  fileSize,
  hashFile,
  joinPath,
  listNames,
  listTree,
  removeTree,
  setMode,
  temporaryDirectory,
  writeScratch,
} from "../system/index.ts";
import type { AccountFile } from "./exchange/account-files.ts";
import type { Account } from "./exchange/account.ts";
import { canHold, crateText, roCrate } from "./exchange/ro-crate.ts";

export interface CrateRequest {
  readonly account: Account;
  readonly run: Run;
  readonly store: Store;
  /** The project's folder: inputs are taken from it where they are still the same. */
  readonly root: string;
  /** Absolute. A zip where its name ends so, else a folder, which must be new or empty. */
  readonly output: string;
  /** Whether a zip that is there may be replaced. */
  readonly replace: boolean;
}

export interface WrittenCrate {
  /** Files of the run that lie in the crate. */
  readonly files: number;
  /** What is not in it, and why. */
  readonly findings: readonly Finding[];
}

/**
 * Writes an RO-Crate with the files themselves: outputs and what was printed from the store, inputs from the store
 * where it keeps them, else from the project.
 * The same record and files give the same zip. Throws ToolError USAGE where the output is there.
 */
export async function writeCrate(request: CrateRequest): Promise<WrittenCrate> {
  const { account, output, replace } = request;
  const isZip = /\.zip$/iu.test(output);
  refuseTaken(output, isZip && replace);
  using work = temporaryDirectory("crate");
  const there = new Set<string>();
  const findings: Finding[] = [];
  const tell = (file: AccountFile, why: string | null): void => {
    if (why === null) there.add(file.path);
    else findings.push(missing(file, why));
  };
  for (const file of account.outputs) tell(file, layOutput(file, request, work.path));
  const made = new Set(account.outputs.map(({ path }) => path));
  for (const file of account.inputs) if (!made.has(file.path)) tell(file, layInput(file, request, work.path));
  const streams = layStreams(request, work.path);
  for (const { path } of streams) there.add(path);
  const text = crateText(account, { streams, isThere: ({ path }) => there.has(path) });
  writeScratch(joinPath(work.path, roCrate.fileName), text);
  const files = listTree(work.path).entries.flatMap(({ kind, path, size, mode, mtimeMs }) =>
    kind === "file" ? { path, size, mode, mtimeMs, kind } : [],
  );
  const members = projectMembers(work.path, files);
  if (isZip) await writeArchive({ name: null, members, format: "zip", output });
  else for (const { path } of files) copyFileAtomic(joinPath(work.path, path), joinPath(output, path));
  return { files: files.length - 1, findings };
}

function refuseTaken(output: string, replace: boolean): void {
  const kind = entryKind(output);
  if (kind === null || (kind === "file" && replace)) return;
  if (kind === "directory" && !/\.zip$/iu.test(output) && listNames(output).length === 0) return;
  throw new ToolError("USAGE", `${output} is there already`, {
    hint:
      kind === "directory"
        ? "Name a folder that is new or empty."
        : "Name another file, or replace a zip with --force.",
  });
}

/** Each gives why a file is left out; null where it was laid. */
function layOutput(file: AccountFile, { run, store }: CrateRequest, work: string): string | null {
  const refused = refusal(file);
  if (refused !== null) return refused;
  const output = run.outputs.find(({ kind, path }) => kind === "file" && path === file.path);
  if (output === undefined || file.digest === null || !store.blobs.has(file.digest))
    return "its content was not kept";
  const target = joinPath(work, file.path);
  store.blobs.copyTo(file.digest, target);
  setMode(target, output.mode);
  return null;
}

function layInput(file: AccountFile, { root, store }: CrateRequest, work: string): string | null {
  const refused = refusal(file);
  if (refused !== null) return refused;
  const target = joinPath(work, file.path);
  if (file.digest !== null && store.blobs.has(file.digest)) {
    store.blobs.copyTo(file.digest, target);
    return null;
  }
  const source = joinPath(root, file.path);
  if (entryKind(source) !== "file") return "it is no longer there";
  copyFileAtomic(source, target);
  if (hashFile(target) === file.digest) return null;
  removeTree(target);
  return "it is no longer what the run read";
}

function refusal(file: AccountFile): string | null {
  const { path, digest, note } = file;
  const cannot = canHold(file);
  if (cannot !== null) return cannot;
  const inside = posix.normalize(path);
  if (posix.isAbsolute(inside) || inside.split("/").includes("..")) return "its path leads out of the crate";
  return digest === null || note !== null ? (note ?? "its content is not known") : null;
}

/** What was printed, as files of a folder of the run's own. */
function layStreams({ account, run, store }: CrateRequest, work: string): readonly AccountFile[] {
  return account.streams.flatMap(({ name, digest }): AccountFile[] => {
    if (!store.blobs.has(digest)) return [];
    const path = `run-${run.id.slice(0, 8)}/${name}${name === "notebook" ? ".ipynb" : ".txt"}`;
    store.blobs.copyTo(digest, joinPath(work, path));
    const size = fileSize(joinPath(work, path));
    return [{ path, isOutside: false, isCode: false, digest, size, note: null, processes: [] }];
  });
}

function missing({ path }: AccountFile, why: string): Finding {
  return makeFinding("crate-without-file", "warning", `${path} is not in the crate: ${why}`, { file: path });
}
