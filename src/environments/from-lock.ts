import path from "node:path";
import type { Environment, Interpreter } from "../model/index.ts";
import { readText, sha256 } from "../system/index.ts";
import type { Engine } from "./engines/engine.ts";
import { namesOfFolders, namesOfLockedFolders, refreshArguments } from "./local-code.ts";
import type { Progress } from "./progress.ts";
import { realise } from "./realise.ts";
import { treeDigest } from "./tree-digest.ts";
import type { Confine } from "./uv/run-uv.ts";

export interface LockRequest {
  /** Absolute path of a pylock.toml (pylock.NAME.toml) or of a requirements file with hashes. */
  readonly lockPath: string;
  readonly interpreter: Interpreter;
  readonly engine?: Engine["id"];
  readonly confine?: Confine | undefined;
  /** What the lock was made from, where it is not the owner's own file; its name where left out. */
  readonly origin?: string;
  /** Where the commands will find the lock's folder: what is installed as editable leads there. */
  readonly runsAt?: string;
}

/**
 * An environment from the lock alone: every artifact by its hash, nothing resolved. An artifact that is an sdist is
 * built in an isolated environment whose own contents no lock names; the description tells which were.
 * Throws ToolError ENVIRONMENT_FAILED, NETWORK_UNAVAILABLE or PATH_UNREADABLE.
 */
export async function environmentFromLock(request: LockRequest, progress: Progress): Promise<Environment> {
  const { lockPath, interpreter, confine } = request;
  const isPylock = /^pylock\.(?:[^.]+\.)?toml$/u.test(path.basename(lockPath));
  const text = readText(lockPath);
  const folder = path.dirname(lockPath);
  const local = /^directory = |^\s*(?:-e|--editable)[\s=]|file:/mu.test(text)
    ? [folder, treeDigest(folder), request.runsAt ?? folder]
    : [];
  const names = isPylock ? namesOfLockedFolders(text) : namesOfFolders(folder, text);
  const refresh = refreshArguments(names);
  return realise(
    {
      source: "lock",
      description: `made from ${request.origin ?? path.basename(lockPath)}`,
      interpreter,
      engine: request.engine ?? "uv",
      ingredients: [isPylock ? "pylock" : "requirements", sha256(text), ...local],
      install: isPylock
        ? ["pip", "sync", ...refresh, "--allow-empty-requirements", lockPath]
        : ["pip", "install", "--require-hashes", "--no-deps", ...refresh, "--requirements", lockPath],
      // A pylock names each artifact's URL; hashed requirements need the index that the owner configured.
      ...(isPylock ? {} : { cwd: folder }),
      confine,
      reads: [folder],
      builds: local.length === 0 ? null : folder,
      moved: request.runsAt === undefined ? null : { from: folder, to: request.runsAt },
    },
    progress,
  );
}
