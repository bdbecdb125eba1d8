import { matchesGlob } from "node:path";
import { isExecutable, type Output, type Run } from "../model/index.ts";
import {
  entryKind,
  exists,
  hashFile,
  joinPath,
  listTree,
  makeDirectory,
  makeLink,
  readBytes,
  readLink,
  removeTree,
  setMode,
  sha256,
} from "../system/index.ts";
import type { Blobs } from "./request.ts";
import type { Touched } from "./snapshot.ts";

/**
 * The files that a run left, changed or deleted, their contents in `blobs`. `digestBefore` gives the sha256 of what a
 * path held before the run: only a file that was touched is asked for.
 */
export function fileOutputs(
  tree: string,
  touched: readonly Touched[],
  blobs: Blobs,
  digestBefore: (path: string) => string | null,
): Output[] {
  return touched.map(({ path, before, after }): Output => {
    if (after === null) {
      const symlink = before?.kind === "symlink";
      return { kind: "file", path, change: "deleted", digest: null, size: 0, mode: 0, symlink };
    }
    const symlink = after.kind === "symlink";
    const digest = symlink ? blobs.put(readLink(joinPath(tree, path))) : blobs.putFile(joinPath(tree, path));
    const same =
      before !== null &&
      before.kind === after.kind &&
      (symlink || isExecutable(before.mode) === isExecutable(after.mode)) &&
      before.size === after.size &&
      digestBefore(path) === digest;
    const change = before === null ? "created" : same ? "rewritten" : "modified";
    return { kind: "file", path, change, digest, size: after.size, mode: after.mode, symlink };
  });
}

/** The sha256 of what lies at a path: a file's content or a link's target; null where nothing readable does. */
export function digestOf(filePath: string): string | null {
  const kind = entryKind(filePath);
  if (kind === "symlink") return sha256(readLink(filePath));
  return kind === "file" ? hashFile(filePath) : null;
}

/** Lays the file outputs of earlier runs over a tree. Never writes through a link that an earlier run left. */
export function layOutputs(tree: string, runs: readonly Run[], blobs: Blobs): void {
  const files = runs.map((run) => run.outputs.filter((output) => output.kind === "file"));
  for (const outputs of files) {
    for (const { path, digest } of outputs) {
      if (digest === null && !liesBehindLink(tree, path)) removeTree(joinPath(tree, path));
    }
    for (const output of outputs) if (output.digest !== null) layOne(tree, output, output.digest, blobs);
  }
}

function liesBehindLink(tree: string, path: string): boolean {
  const parts = path.split("/").slice(0, -1);
  return parts.some((_, at) => entryKind(joinPath(tree, ...parts.slice(0, at + 1))) !== "directory");
}

function layOne(tree: string, output: Output, digest: string, blobs: Blobs): void {
  const parts = output.path.split("/");
  for (let depth = 1; depth < parts.length; depth += 1) {
    const parent = joinPath(tree, ...parts.slice(0, depth));
    const kind = entryKind(parent);
    if (kind !== null && kind !== "directory") removeTree(parent);
    if (kind !== "directory") makeDirectory(parent);
  }
  const target = joinPath(tree, output.path);
  removeTree(target);
  if (output.symlink) {
    const scratch = `${tree}.link`;
    blobs.copyTo(digest, scratch);
    makeLink(readBytes(scratch), target);
    removeTree(scratch);
  } else {
    blobs.copyTo(digest, target);
    setMode(target, output.mode);
  }
}

/** The declared outputs (paths or globs, relative to the tree) that are not there. */
export function missingOutputs(tree: string, declared: readonly string[]): string[] {
  let paths: string[] | undefined;
  return declared.filter((output) => {
    const path = joinPath(output).replace(/\/$/u, "");
    if (path === ".." || path.startsWith("../") || path.startsWith("/")) return true;
    if (exists(joinPath(tree, path))) return false;
    if (!/[*?[{]/u.test(path)) return true;
    paths ??= listTree(tree).entries.map((entry) => entry.path);
    return !paths.some((candidate) => matchesGlob(candidate, path));
  });
}
