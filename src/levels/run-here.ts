import type { Command } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { runInPlace } from "../sandbox/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { copyFileAtomic, joinPath, temporaryDirectory } from "../system/index.ts";
import { executeAll } from "./execution.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { commandNamed, madeEnvironment } from "./owner-run.ts";
import { readSubject, type Subject } from "./subject.ts";
import { ownerVariables } from "./variables.ts";

export interface HereResult {
  readonly command: Command;
  readonly exitCode: number | null;
  readonly environment: string;
  /** Where the executed notebook is, for kind notebook. */
  readonly notebook: string | null;
  readonly errorTail: string;
}

/**
 * Runs one of the project's commands in the user's own tree and environment. A notebook runs from the top in a fresh
 * copy; the executed notebook is kept in .rung/, and the user's own stays as it is. `output` says where the command's
 * standard output goes.
 */
export async function runHere(
  directory: string,
  name: string,
  words: readonly string[],
  progress: (message: string) => void,
  output: "stdout" | "stderr" = "stdout",
): Promise<HereResult> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    const command = commandNamed(name, subject);
    const environment = await madeEnvironment(subject, progress);
    const variables = ownerVariables(subject.project.config.variables, process.env);
    if (command.kind === "notebook")
      return await runNotebook(subject, command, store, environment, variables, progress);
    progress(`${name}: environment ${environment.description}`);
    const result = await runInPlace(command, subject.project.root, environment, variables, words, output);
    return {
      command,
      exitCode: result.exitCode,
      environment: environment.description,
      notebook: null,
      errorTail: "",
    };
  } finally {
    store.close();
  }
}

async function runNotebook(
  subject: Subject,
  command: Command,
  store: Store,
  environment: Parameters<typeof executeAll>[0]["environment"],
  variables: Readonly<Record<string, string>>,
  progress: (message: string) => void,
): Promise<HereResult> {
  const { root } = subject.project;
  using work = temporaryDirectory("notebook");
  const execution = await executeAll({
    commands: [{ ...command, needs: [] }],
    subject,
    tree: root,
    scope: "copy",
    environment,
    variables,
    network: () => true,
    store,
    workDirectory: work.path,
    progress,
    record: true,
    label: "from the top",
  });
  const run = execution.runs.get(command.name);
  const executed = run?.outputs.find((output) => output.kind === "notebook")?.digest ?? null;
  const notebook = executed === null ? null : joinPath(store.directory, "notebooks", command.run);
  if (executed !== null && notebook !== null) copyFileAtomic(store.blobs.path(executed), notebook);
  return {
    command,
    exitCode: run?.exitCode ?? null,
    environment: environment.description,
    notebook,
    errorTail: run?.errorTail ?? "",
  };
}
