import type { Run } from "../model/index.ts";
import type { Places } from "../trace/index.ts";
import { now } from "../system/index.ts";
import type { HereRun } from "./here.ts";

/** Stands as the signal of a run that ended because Rung was interrupted. */
export const interrupted = "interrupted";

/** Without a trace no place of its code is known. */
export const nowhere: Places = Object.assign(() => null, { isImport: () => false });

/** The run of a command that an interruption ended: what it left is not looked at, since it was at something. */
export function interruptedRun({ id, command, environment }: HereRun, startedAt: string): Run {
  const isCopy = command.kind === "notebook";
  return {
    schemaVersion: 1,
    id,
    command: command.name,
    kind: command.kind,
    startedAt,
    durationMs: Date.parse(now()) - Date.parse(startedAt),
    exitCode: null,
    signal: interrupted,
    timedOut: false,
    missingOutputs: [],
    outputs: [],
    stderr: null,
    errorTail: "It was interrupted.",
    isolation: {
      kind: "none",
      scope: isCopy ? "copy" : "place",
      network: true,
      description: isCopy ? "in a copy of the tree" : "in the owner's own tree, apart from nothing",
    },
    python: environment.interpreter.version,
  };
}
