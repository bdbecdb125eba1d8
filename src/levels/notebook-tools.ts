import { kernelOverlay, toolEnvironment } from "../environments/index.ts";
import type { Command, Environment } from "../model/index.ts";
import type { RunRequest } from "../sandbox/index.ts";

/** What Rung brings along to run the notebooks among `commands`: nothing where there are none. */
export async function notebookTools(
  commands: readonly Command[],
  environment: Environment,
  progress: (message: string) => void,
): Promise<RunRequest["tools"]> {
  if (!commands.some((command) => command.kind === "notebook")) {
    return { notebookPython: null, kernelOverlay: null, readOnlyPaths: [] };
  }
  const runner = await toolEnvironment(progress);
  const overlay = await kernelOverlay(environment.interpreter, progress);
  return {
    notebookPython: `${runner.binDirectory}/python`,
    kernelOverlay: overlay,
    readOnlyPaths: [runner.prefix, runner.interpreter.basePrefix, overlay],
  };
}
