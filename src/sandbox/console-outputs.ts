import type { Output } from "../model/index.ts";
import { fileSize, joinPath } from "../system/index.ts";
import type { Blobs, RunRequest } from "./request.ts";

/** What a command printed, or the notebook that it executed, as an output; none where there is no such file. */
export function contentOutput(
  kind: "notebook" | "stdout",
  request: Pick<RunRequest, "command" | "blobs">,
  file: string,
): Output[] {
  const size = fileSize(file);
  if (size === null) return [];
  const path = kind === "notebook" ? joinPath(request.command.run) : "";
  const digest = request.blobs.putFile(file);
  return [{ kind, path, change: "created", digest, size, mode: 0o644, symlink: false }];
}

/** The exit code as an output. */
export function exitOutput(exitCode: number | null, blobs: Blobs): Output {
  const exit = Buffer.from(`${exitCode ?? "none"}\n`);
  return {
    kind: "exit",
    path: "",
    change: "created",
    digest: blobs.put(exit),
    size: exit.length,
    mode: 0o644,
    symlink: false,
  };
}
