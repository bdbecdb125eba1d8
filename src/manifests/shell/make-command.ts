import type { Command } from "../../model/index.ts";

/** An hour: what a command gets whose owner says nothing. */
export const defaultTimeoutSeconds = 3600;

/** A command found in a file that names it, with what the file does not say left at its defaults. */
export function makeCommand(
  parts: Pick<Command, "name" | "kind" | "run" | "location"> & Partial<Command>,
): Command {
  return {
    cwd: ".",
    env: {},
    timeoutSeconds: defaultTimeoutSeconds,
    needs: [],
    outputs: [],
    network: false,
    fallback: null,
    origin: "found",
    ...parts,
  };
}
