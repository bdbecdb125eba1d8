import { resolveLock } from "../lock/index.ts";
import type { Subject } from "../levels/index.ts";
import { makeFinding, ToolError, type Change, type Finding } from "../model/index.ts";
import { exists, joinPath, readText, temporaryDirectory, writeScratch } from "../system/index.ts";
import type { Prepared } from "./attempt.ts";

const why = "every package that it ran with, each artifact with its hash";

/** The lock of what was installed: nothing is resolved anew, the other platforms' own needs apart. */
export async function liftLock(
  { project }: Subject,
  folder: string,
  prepared: Prepared,
  progress: (message: string) => void,
): Promise<{ readonly change: Change | null; readonly finding: Finding | null }> {
  const path = folder === "" ? "pylock.toml" : `${folder}/pylock.toml`;
  const place = joinPath(project.root, path);
  const before = exists(place) ? readText(place) : null;
  const { interpreter } = prepared.environment;
  using room = temporaryDirectory("lift");
  writeScratch(joinPath(room.path, "requirements.txt"), prepared.requirements);
  try {
    const { text } = await resolveLock(
      {
        root: room.path,
        files: ["requirements.txt"],
        python: interpreter.version,
        interpreter,
        platforms: "universal",
      },
      progress,
    );
    return { change: text === before ? null : { path, before, after: text, why }, finding: null };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "LOCK_FAILED") throw error;
    const finding = makeFinding(
      "lock-not-made",
      "warning",
      `No lock could be made of what it ran with: ${error.message}`,
      {
        file: path,
        why: "Without a lock, what is installed depends on what the index serves.",
        fix: "rung lock",
      },
    );
    return { change: null, finding };
  }
}
