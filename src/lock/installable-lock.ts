import { findUv, indexSettings, runUv, type Progress } from "../environments/index.ts";
import type { Finding, Interpreter, Requirement } from "../model/index.ts";
import { cacheDirectory, exists, now, readText, sha256, writeAtomic } from "../system/index.ts";
import type { LockFile } from "./choose-lock.ts";
import { formatOfLock } from "./formats/lock-formats.ts";
import { recoverArtifacts } from "./recover-artifacts.ts";
import { writePylock } from "./write-pylock.ts";

export interface InstallableRequest {
  readonly lock: LockFile;
  /** Absolute path of the project, or of a copy of it, that holds the lock. */
  readonly folder: string;
  /** What the project runs with. */
  readonly declared: readonly Requirement[];
  readonly interpreter: Interpreter;
}

interface InstallableLock {
  /** A pylock.toml that names each artifact by URL and sha256. */
  readonly text: string;
  /** Where it comes from, for the verdict: "poetry.lock (4 URLs recovered from https://pypi.org/simple)". */
  readonly origin: string;
  /** Errors where the lock cannot be installed from as it is. */
  readonly findings: readonly Finding[];
}

/** Raised when the text comes about in another way, so that kept ones are not used again. */
const recipe = 3;

/**
 * A lock of any format as a pylock.toml (PEP 751), in memory: the same packages, versions and hashes, nothing resolved.
 * uv.lock is exported by uv; for the others, what they leave out (URLs, and hashes where any lack) is recovered from
 * the index, and kept for the day. Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED or LOCK_FAILED.
 */
export async function installableLock(
  request: InstallableRequest,
  progress: Progress,
): Promise<InstallableLock> {
  const { lock, declared } = request;
  const format = formatOfLock(lock.path);
  if (format.id === "pylock.toml") return { text: lock.text, origin: lock.path, findings: [] };
  if (format.id === "uv.lock") return exportedByUv(request, progress);
  const content = format.read(lock.text, lock.path, declared);
  if (content.findings.length > 0) return { text: "", origin: lock.path, findings: content.findings };
  const ingredients = [
    recipe,
    request.interpreter.version,
    now().slice(0, 10),
    lock.path,
    lock.text,
    content.artifacts,
    indexSettings(),
  ];
  const kept = cacheDirectory("recovered-locks", `${sha256(JSON.stringify(ingredients)).slice(0, 32)}.json`);
  if (exists(kept)) return JSON.parse(readText(kept)) as InstallableLock;
  const { artifacts, urls, hashes, indexes, findings } = await recoverArtifacts(content, lock.path, progress);
  const said = [counted(urls, "URL"), counted(hashes, "hash")].filter((text) => text !== "").join(" and ");
  // Some formats know no Python: it is then for the one that was chosen for the project.
  const requiresPython =
    content.requiresPython ?? `==${/^\d+\.\d+/u.exec(request.interpreter.version)?.[0] ?? "3"}.*`;
  const made = {
    text: writePylock({ ...content, requiresPython, artifacts }),
    origin: said === "" ? lock.path : `${lock.path} (${said} recovered from ${indexes.join(", ")})`,
    findings,
  };
  if (findings.length === 0) writeAtomic(kept, JSON.stringify(made));
  return made;
}

const counted = (count: number, noun: string): string =>
  count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : noun === "hash" ? "es" : "s"}`;

async function exportedByUv(
  { lock, folder, interpreter }: InstallableRequest,
  progress: Progress,
): Promise<InstallableLock> {
  const args = [
    "export",
    "--quiet",
    "--frozen",
    "--offline",
    "--no-default-groups",
    "--no-emit-project",
    "--no-header",
    "--format",
    "pylock.toml",
    "--python",
    interpreter.executable,
    "--project",
    folder,
  ];
  const { stdout } = await runUv(await findUv(progress), args, { progress, code: "LOCK_FAILED" });
  return { text: stdout, origin: lock.path, findings: [] };
}
