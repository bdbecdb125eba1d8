import type { Command, Environment } from "../model/index.ts";
import { joinPath, runProcess, shellLine, type ProcessResult } from "../system/index.ts";
import { programFolders } from "./python.ts";
import { copyVariables } from "./variables.ts";

/**
 * Runs a shell line of the project in the user's own tree, at the user's terminal, with the environment entered.
 * `output` says where its standard output goes.
 */
export function runInPlace(
  command: Command,
  root: string,
  environment: Environment,
  variables: Readonly<Record<string, string>>,
  words: readonly string[],
  output: "stdout" | "stderr",
): Promise<ProcessResult> {
  const line = [command.run, shellLine(words)].filter(Boolean).join(" ");
  return runProcess(["/bin/sh", "-c", line], {
    cwd: joinPath(root, command.cwd),
    env: { ...copyVariables(environment, programFolders(environment).folders), ...variables, ...command.env },
    inherit: output,
  });
}
