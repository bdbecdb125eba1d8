import path from "node:path";
import {
  buildsLocalCode,
  findUv,
  foldersElsewhere,
  foldersOf,
  runUv,
  settingsFor,
  tellsOfMetadata,
  withMends,
  type Confine,
  type Progress,
} from "../environments/index.ts";
import { ToolError, type Interpreter } from "../model/index.ts";
import { readText, temporaryDirectory, writeScratch } from "../system/index.ts";
import type { LockPlatform } from "../manifests/index.ts";
import { markerOf } from "./platforms.ts";
import { nextSeries, shapePylock } from "./pylock-text.ts";
import { readPylock } from "./formats/lock-formats.ts";

export interface LockRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** Requirements files, pyproject.toml, setup.cfg or setup.py, relative to the root. */
  readonly files: readonly string[];
  /** What the files were made from, where they are not the owner's own. */
  readonly origin?: string | undefined;
  /** The Python to lock for: "3.11", or "3.11.7", of which the patch is left out. */
  readonly python: string;
  /** Builds what has no static metadata. */
  readonly interpreter: Interpreter;
  readonly platforms: readonly LockPlatform[] | "universal";
  readonly extras?: readonly string[];
  /** Resolves as of this date (ISO 8601): later files do not count. */
  readonly excludeNewer?: string;
  /** The text of a lock whose versions are kept where they still serve. */
  readonly existing?: string | null;
  /** Moves every package to the newest version that serves, whatever `existing` says. */
  readonly upgrade?: boolean;
  readonly confine?: Confine | undefined;
}

/**
 * A pylock.toml (PEP 751) with the hash of every artifact, for one Python and the platforms asked for, resolved by uv
 * from what is declared. The same input and index give the same text, and nothing in it tells of the machine.
 * Throws ToolError LOCK_FAILED (explainInstallFailure tells whether the project is at fault) or NETWORK_UNAVAILABLE.
 */
export async function resolveLock(
  request: LockRequest,
  progress: Progress,
): Promise<{ readonly text: string; readonly packages: number }> {
  const { root, files, existing, excludeNewer, confine } = request;
  const python = /^3\.\d+/u.exec(request.python)?.[0];
  if (python === undefined) {
    throw new ToolError("LOCK_FAILED", `Cannot lock for Python "${request.python}"`, {
      hint: 'Name one minor version, such as "3.11".',
    });
  }
  const asked = request.platforms === "universal" ? [] : request.platforms.map(markerOf);
  const bound = `python_full_version < '${nextSeries(python)}'`;
  const room = temporaryDirectory("lock");
  try {
    const environments = asked.length === 0 ? [bound] : asked.map((marker) => `${bound} and ${marker}`);
    const output = path.join(room.path, "pylock.toml");
    const keeps = typeof existing === "string" && request.upgrade !== true && isReadable(existing);
    if (keeps) writeScratch(output, existing);
    const absolute = files.map((file) => path.resolve(root, file));
    progress(`resolving ${request.origin ?? files.join(", ")} for Python ${python}`);
    const args = [
      "pip",
      "compile",
      "--universal",
      "--generate-hashes",
      "--no-header",
      "--format",
      "pylock.toml",
      "--python",
      request.interpreter.executable,
      "--python-version",
      python,
      "--project",
      room.path,
      "--output-file",
      output,
      ...(request.extras ?? []).flatMap((extra) => ["--extra", extra]),
      ...(excludeNewer === undefined ? [] : ["--exclude-newer", excludeNewer]),
      ...(request.upgrade === true ? ["--upgrade"] : []),
      ...absolute,
    ];
    const uv = await findUv(progress);
    await withMends((mends) => {
      const settings = settingsFor(root, environments, mends);
      writeScratch(path.join(room.path, "pyproject.toml"), settings, 0o600);
      return runUv(uv, args, {
        cwd: root,
        progress,
        code: "LOCK_FAILED",
        confine,
        reads: [...foldersOf(request.interpreter), ...foldersElsewhere(root, absolute)],
        writes: [room.path],
        builds: buildsLocalCode(absolute) ? root : null,
        variables: tellsOfMetadata,
      });
    }, progress);
    const text = shapePylock(readText(output), { python, environments: asked, writtenIn: room.path, root });
    return { text, packages: text.split("\n").filter((line) => line === "[[packages]]").length };
  } finally {
    room[Symbol.dispose]();
  }
}

const isReadable = (text: string): boolean => readPylock(text, "pylock.toml").findings.length === 0;
