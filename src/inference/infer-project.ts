import { ownEnvironment } from "../environments/index.ts";
import { commandOfEachFile, commandsToRead } from "./commands-to-read.ts";
import { declaredDistributions } from "./declared.ts";
import { environmentNamed } from "./freeze/choose-environment.ts";
import { inferNeeds, type Inference } from "./infer-needs.ts";
import { installedModules } from "./installed-modules.ts";
import { pinnedModules } from "./pinned-modules.ts";
import { reachFrom } from "./reach.ts";
import { syntaxFaults } from "./syntax-faults.ts";
import { readCodeBase } from "./read-code-base.ts";

export interface InferOptions {
  /** A folder or a python, as the owner gave it; null where none was given. */
  readonly place: string | null;
  /** Whether what a manifest declares is left out. */
  readonly undeclared: boolean;
  /** Whether every Python file and notebook is read, and not only what the commands reach. */
  readonly everyFile: boolean;
}

/**
 * What a project's commands need, with the modules of its own environment where it has one, or of the environment at
 * `place`. Throws ToolError INTERPRETER_MISSING where none is there, PROJECT_NOT_FOUND where no project is.
 */
export async function inferProject(
  directory: string,
  { place, undeclared, everyFile }: InferOptions,
): Promise<Inference> {
  const code = await readCodeBase(directory);
  const { root } = code.project;
  const environment = place === null ? await ownEnvironment(root) : await environmentNamed(place, root);
  const installed = environment === null ? null : installedModules(environment);
  const commands = everyFile ? commandOfEachFile(code) : commandsToRead(code);
  const inferred = inferNeeds({ ...code, commands, installed, pinned: pinnedModules(code.project) });
  const faults = syntaxFaults(reachFrom(code, commands).sources);
  const inference = { ...inferred, findings: [...faults, ...inferred.findings] };
  if (!undeclared) return inference;
  const declared = declaredDistributions(code.project);
  const isDeclared = (name: string | null): boolean => name !== null && declared.has(name);
  return { ...inference, needs: inference.needs.filter(({ distribution }) => !isDeclared(distribution)) };
}
