import { ownEnvironment } from "../environments/index.ts";
import { commandsToRead } from "./commands-to-read.ts";
import { declaredDistributions } from "./declared.ts";
import { environmentNamed } from "./freeze/choose-environment.ts";
import { inferNeeds, type Inference } from "./infer-needs.ts";
import { installedModules } from "./installed-modules.ts";
import { readCodeBase } from "./read-code-base.ts";

/**
 * What a project's commands need, with the modules of its own environment where it has one, or of the environment at
 * `place`; with `undeclared`, only what no manifest declares. Throws ToolError INTERPRETER_MISSING where none is there, PROJECT_NOT_FOUND where no project is.
 */
export async function inferProject(
  directory: string,
  { place, undeclared }: { readonly place: string | null; readonly undeclared: boolean },
): Promise<Inference> {
  const code = await readCodeBase(directory);
  const { root } = code.project;
  const environment = place === null ? await ownEnvironment(root) : await environmentNamed(place, root);
  const installed = environment === null ? null : installedModules(environment);
  const inference = inferNeeds({ ...code, commands: commandsToRead(code), installed });
  if (!undeclared) return inference;
  const declared = declaredDistributions(code.project);
  const isDeclared = (name: string | null): boolean => name !== null && declared.has(name);
  return { ...inference, needs: inference.needs.filter(({ distribution }) => !isDeclared(distribution)) };
}
