import type { Requirement } from "../../model/index.ts";
import type { LockContent } from "../artifact.ts";

/** One format of lock: how it is known by its name, and read down to its artifacts. */
export interface LockFormat {
  /** The name of its file where it has but one. */
  readonly id: "pylock.toml" | "uv.lock" | "poetry.lock" | "pdm.lock" | "Pipfile.lock" | "requirements.txt";
  /** Takes the file's name without its folders. */
  readonly matches: (name: string) => boolean;
  /** `declared`: what the project runs with, for formats that do not say which packages are for development alone. */
  readonly read: (text: string, path: string, declared: readonly Requirement[]) => LockContent;
}

export function defineLockFormat(format: LockFormat): LockFormat {
  return format;
}
