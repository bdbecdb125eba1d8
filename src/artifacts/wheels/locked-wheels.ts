import { indexSettings } from "../../environments/index.ts";
import { installableLock, type LockFile } from "../../lock/index.ts";
import type { Finding, Interpreter, Requirement } from "../../model/index.ts";
import { cacheDirectory, exists, readText, sha256, writeAtomic } from "../../system/index.ts";
import { chooseArtifacts, type ChosenArtifacts } from "./choose-artifacts.ts";
import type { WheelTarget } from "./wheel-rank.ts";

export interface LockedRequest {
  readonly lock: LockFile;
  /** Absolute path of the folder that the lock lies in. */
  readonly folder: string;
  /** What the project runs with: some formats need it to tell what is for development alone. */
  readonly declared: readonly Requirement[];
  readonly interpreter: Interpreter;
  readonly target: WheelTarget;
}

/** Raised when the choice comes about in another way. */
const recipe = 1;

/**
 * What a lock of any format installs on one platform. Where the lock leaves out URLs or hashes, an index tells them once;
 * the choice is kept for good, so that a pack can be made again without the network.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED or LOCK_FAILED.
 */
export async function lockedWheels(
  { lock, folder, declared, interpreter, target }: LockedRequest,
  progress: (message: string) => void,
): Promise<ChosenArtifacts> {
  const ingredients = [recipe, lock.path, lock.text, declared.map(({ raw }) => raw), target, indexSettings()];
  const kept = cacheDirectory("chosen-artifacts", `${sha256(JSON.stringify(ingredients)).slice(0, 32)}.json`);
  if (exists(kept)) return JSON.parse(readText(kept)) as ChosenArtifacts;
  const made = await installableLock({ lock, folder, declared, interpreter }, progress);
  const faults: readonly Finding[] = made.findings.filter(({ severity }) => severity === "error");
  if (faults.length > 0) return { wheels: [], toBuild: [], findings: faults };
  const isOwn = made.text === lock.text;
  const chosen = chooseArtifacts(made.text, isOwn ? lock.path : "pylock.toml", target);
  // Lines are those of the lock that lies there, where it is the one that was read.
  const lines = (all: ChosenArtifacts["findings"]): readonly Finding[] =>
    isOwn ? all : all.map((finding) => ({ ...finding, file: lock.path, line: null }));
  const result = { ...chosen, findings: lines(chosen.findings) };
  if (result.findings.length === 0) writeAtomic(kept, `${JSON.stringify(result)}\n`);
  return result;
}
