import path from "node:path";
import { compare } from "@renovatebot/pep440";
import { ToolError } from "../../model/index.ts";
import {
  cacheDirectory,
  download,
  lookUp,
  readBytes,
  runProcess,
  temporaryDirectory,
  withExclusive,
  writeAtomic,
} from "../../system/index.ts";
import { fetchIndexPage } from "../index-pages/page.ts";
import { indexSettings } from "../index-pages/settings.ts";
import type { Progress } from "../progress.ts";
import { oldestUv, thisPlatform, uvVersion, uvWheels } from "./wheels.ts";

const program = process.platform === "win32" ? "uv.exe" : "uv";
let found: Promise<string> | null = null;

/**
 * Absolute path of a uv that serves: RUNG_UV, else the one on PATH where its version is at least 0.8, else the pinned
 * one, fetched once as a wheel from the configured Python index and checked against a committed sha256.
 * Throws ToolError TOOL_MISSING, NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export function findUv(progress: Progress): Promise<string> {
  found ??= search(progress).catch((error: unknown) => {
    found = null;
    throw error;
  });
  return found;
}

async function search(progress: Progress): Promise<string> {
  const chosen = process.env["RUNG_UV"];
  if (chosen !== undefined && chosen !== "") {
    const executable = lookUp(chosen);
    if (executable?.isFile === true) return path.resolve(chosen);
    throw new ToolError("TOOL_MISSING", `RUNG_UV names ${chosen}, which is no file`, {
      hint: "Point RUNG_UV at a uv executable, or unset it: Rung then finds or fetches one.",
    });
  }
  const fetched = cacheDirectory("tools", `uv-${uvVersion}`, program);
  return (await onPath()) ?? (lookUp(fetched) === null ? fetchUv(fetched, progress) : fetched);
}

/** The version is asked once for each state of the executable, since asking costs more than all else here. */
async function onPath(): Promise<string | null> {
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(directory)) continue;
    const executable = path.join(directory, program);
    const state = lookUp(executable);
    if (state === null || !state.isFile) continue;
    const seen = cacheDirectory("tools", "seen-uv.txt");
    const key = `${state.realPath} ${state.size} ${state.mtimeMs} `;
    const known = lookUp(seen) === null ? "" : readBytes(seen).toString("utf8");
    const version = known.startsWith(key) ? known.slice(key.length) : await versionOf(executable);
    if (version === null || compare(version, oldestUv) < 0) continue;
    if (!known.startsWith(key)) writeAtomic(seen, key + version);
    return executable;
  }
  return null;
}

async function versionOf(executable: string): Promise<string | null> {
  const { stdout } = await runProcess([executable, "--version"], { timeoutMs: 20_000 });
  return /^uv (\d+\.\d+\.\d+)/u.exec(stdout.toString("utf8"))?.[1] ?? null;
}

function fetchUv(target: string, progress: Progress): Promise<string> {
  const platform = thisPlatform();
  const wheel = uvWheels.find((candidate) => candidate.platform === platform);
  if (wheel === undefined) {
    throw new ToolError("TOOL_MISSING", `uv was not found, and Rung knows none for ${platform}`, {
      hint: `Install uv ${oldestUv} or later and put it on PATH, or name it by RUNG_UV.`,
    });
  }
  return withExclusive(`${path.dirname(target)}.lock`, async () => {
    if (lookUp(target) !== null) return target;
    progress(`fetching uv ${uvVersion} (once)`);
    const { indexUrl } = indexSettings();
    const files = await fetchIndexPage(indexUrl, "uv");
    const file = files?.find(({ filename }) => filename === wheel.filename);
    if (file === undefined) {
      throw new ToolError(
        "TOOL_MISSING",
        `uv was not found, and the Python index offers no ${wheel.filename}`,
        {
          hint: `Install uv ${oldestUv} or later and put it on PATH, or name it by RUNG_UV.`,
        },
      );
    }
    const room = temporaryDirectory("uv");
    try {
      const archive = path.join(room.path, wheel.filename);
      await download(file.url, archive, { sha256: wheel.sha256 });
      const { fileOfWheel } = await import("./unpack-wheel.ts");
      writeAtomic(target, await fileOfWheel(readBytes(archive), [`/scripts/${program}`]), 0o755);
      return target;
    } finally {
      room[Symbol.dispose]();
    }
  });
}
