import { createHash } from "node:crypto";
import { exists, hashFile, joinPath, readBytes } from "../system/index.ts";
import { openGit, splitNul, type Git } from "./run-git.ts";

/** A file as Git keeps it: what others get, whatever the tree at hand holds. */
export interface CommittedFile {
  readonly executable: boolean;
  /** A symbolic link's target is its content. */
  readonly symlink: boolean;
  /** Whether it is these bytes; asks nobody. */
  holds(bytes: Uint8Array): boolean;
  /**
   * Its bytes; null where Git does not have them. For a file in Git LFS: what its pointer names, where that is at hand,
   * else the pointer.
   */
  read(): Promise<Buffer | null>;
}

// Objects as they were committed, not what refs/replace puts in their place here.
const own = ["--no-replace-objects"];

/**
 * What HEAD holds below `root`, by path relative to it, and what is staged for the first time. Edits that are staged or
 * lie in the tree do not count. Null where `root` is in no work tree.
 */
export async function committedFiles(root: string): Promise<ReadonlyMap<string, CommittedFile> | null> {
  const git = await openGit(root);
  const [staged, head] = await Promise.all([
    git("ls-files", "-s", "-z"),
    // Fails before the first commit: then all there is is staged.
    git(...own, "ls-tree", "-r", "-z", "HEAD"),
  ]);
  if (staged.exitCode !== 0) return null;
  const files = new Map<string, CommittedFile>();
  // What was staged comes first, so that HEAD's word counts where both have one.
  for (const entry of [...splitNul(staged.stdout), ...splitNul(head.stdout)]) {
    const match = /^(\d{6}) (?:blob )?([\da-f]{40,64})(?: \d)?\t([^]+)$/u.exec(entry);
    if (match === null) continue;
    const [, mode = "", name = "", path = ""] = match;
    if (mode !== "160000") files.set(path, fileOf(git, root, path, mode, name));
  }
  return files;
}

function fileOf(git: Git, root: string, path: string, mode: string, name: string): CommittedFile {
  return {
    executable: mode === "100755",
    symlink: mode === "120000",
    holds: (bytes) => objectName(bytes, name.length) === name,
    async read() {
      const { exitCode, stdout } = await git(...own, "cat-file", "blob", name);
      if (exitCode !== 0) return null;
      const digest = largeFile.exec(stdout.subarray(0, 400).toString("latin1"))?.[1];
      return digest === undefined ? stdout : ((await readLargeFile(git, root, path, digest)) ?? stdout);
    },
  };
}

/** The name that Git gives to a blob: SHA-1, or SHA-256 where the repository uses that (gitformat-pack(5), "objects"). */
function objectName(bytes: Uint8Array, length: number): string {
  const hash = createHash(length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** Git LFS pointer files, version 1 (git-lfs specification). */
const largeFile =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([\da-f]{64})\n/u;

/** The content that a pointer names, from LFS's own store or else from the tree; never fetched. */
async function readLargeFile(git: Git, root: string, path: string, digest: string): Promise<Buffer | null> {
  const { stdout } = await git("rev-parse", "--path-format=absolute", "--git-common-dir");
  const folder = splitNul(Buffer.concat([stdout.subarray(0, -1), Buffer.of(0)]))[0] ?? "";
  const stored = joinPath(folder, "lfs/objects", digest.slice(0, 2), digest.slice(2, 4), digest);
  for (const file of [stored, joinPath(root, path)]) {
    if (exists(file) && hashFile(file) === digest) return readBytes(file);
  }
  return null;
}
