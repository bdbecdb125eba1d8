import type { Output, Run } from "../../model/index.ts";
import { joinPath, lookUp } from "../../system/index.ts";
import type { RunRequest } from "../../sandbox/index.ts";

/** Edited files in the shape of an earlier run, so that they are laid over a copy before the command starts. */
export function overlayRun(
  edits: ReadonlyMap<string, string>,
  root: string,
  blobs: Pick<RunRequest["blobs"], "put">,
): Run {
  const outputs = [...edits].map(([path, text]): Output => {
    const bytes = Buffer.from(text);
    return {
      kind: "file",
      path,
      change: "modified",
      digest: blobs.put(bytes),
      size: bytes.length,
      mode: lookUp(joinPath(root, path))?.mode ?? 0o644,
      symlink: false,
    };
  });
  return overlayOf(outputs);
}

/** Files in the shape of an earlier run's outputs. */
export function overlayOf(outputs: readonly Output[]): Run {
  return {
    schemaVersion: 1,
    id: "edits",
    command: "edits",
    kind: "run",
    startedAt: new Date(0).toISOString(),
    durationMs: 0,
    exitCode: 0,
    signal: null,
    timedOut: false,
    missingOutputs: [],
    outputs,
    stderr: null,
    errorTail: "",
    isolation: { kind: "none", scope: "copy", network: true, description: "" },
    python: "",
  };
}
