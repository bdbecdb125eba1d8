import { makeFinding, type Finding } from "../model/index.ts";
import type { FailedRun } from "./failed-run.ts";

/** One reason for which a command cannot run wherever it is tried, told from what it said and from the project's files. */
export interface Cause {
  /** The rule of its findings. */
  readonly id: string;
  /** The finding, with the place to look at; null where this is not why. Never throws. */
  readonly find: (failed: FailedRun) => Finding | null;
}

export function defineCause(cause: Cause): Cause {
  return cause;
}

/** A finding about a failed run, at its place. */
export function causeAt(
  rule: string,
  failed: FailedRun,
  message: string,
  more: { readonly why: string; readonly fix: string },
): Finding {
  const { place, command } = failed;
  return makeFinding(rule, "error", `${command.name}: ${message}`, {
    file: place?.file ?? command.location?.file ?? null,
    line: place?.line ?? command.location?.line ?? null,
    ...more,
  });
}

/** A patch (unified diff) that replaces one line: text for people, never applied. */
export function linePatch(file: string, line: number, before: string, after: string): string {
  return [`--- a/${file}`, `+++ b/${file}`, `@@ -${line} +${line} @@`, `-${before}`, `+${after}`].join("\n");
}
