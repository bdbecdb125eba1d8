import type { LockFormat } from "../formats/lock-format.ts";

/** The tool that writes a format of lock. */
export interface LockTool {
  readonly format: LockFormat["id"];
  /** Its name on PATH; uv is found as everywhere else. */
  readonly program: string;
  /** What it is called with to lock anew. `version` is its own ("1.8.5"); `python` an executable. */
  readonly lockArguments: (how: {
    readonly version: string;
    readonly upgrade: boolean;
    readonly python: string;
  }) => readonly string[];
  /** Variables that keep it from asking, and from writing anywhere but below `scratch`. */
  readonly variables: (scratch: string) => Readonly<Record<string, string>>;
  /** False where it moves every version whenever it is run: it is then run only where something has to change. */
  readonly keepsVersions: boolean;
}

export function defineLockTool(tool: LockTool): LockTool {
  return tool;
}
