import path from "node:path";
import {
  bareEnvironment,
  chooseInterpreter,
  environmentIn,
  kernelPython,
  ownEnvironment,
} from "../../environments/index.ts";
import { ToolError, type Environment } from "../../model/index.ts";
import type { CodeBase } from "../code-base.ts";

export interface EnvironmentChoice {
  /** A folder or a python, as the owner gave it; null where none was given. */
  readonly place: string | null;
  readonly kernel: string | null;
}

/**
 * The live environment that is meant: the one named, the kernel named, the project's own, the kernel that its notebooks
 * name, else the Python that the project asks for as it is installed. Throws ToolError INTERPRETER_MISSING where what is
 * named is not there.
 */
export async function chooseEnvironment(code: CodeBase, choice: EnvironmentChoice): Promise<Environment> {
  const { root, python } = code.project;
  if (choice.place !== null) return await environmentNamed(choice.place, root);
  if (choice.kernel !== null) {
    const found = await ofKernel(choice.kernel, root);
    if (found !== null) return found;
    throw new ToolError(
      "INTERPRETER_MISSING",
      `No Jupyter kernel called ${choice.kernel} is installed here`,
      {
        hint: "jupyter kernelspec list shows those that are.",
      },
    );
  }
  const own = await ownEnvironment(root);
  if (own !== null) return own;
  for (const name of kernelsNamed(code)) {
    const found = await ofKernel(name, root);
    if (found !== null) return found;
  }
  return await bareEnvironment(await chooseInterpreter(python?.specifier ?? null));
}

/** The environment at a place that its owner names, relative to where Rung was started. */
export async function environmentNamed(place: string, root: string): Promise<Environment> {
  const found = await environmentIn(path.resolve(place), root);
  if (found !== null) return found;
  throw new ToolError("INTERPRETER_MISSING", `There is no Python environment at ${place}`, {
    hint: "Name the folder of a virtual or conda environment, or its python.",
  });
}

async function ofKernel(name: string, root: string): Promise<Environment | null> {
  const prefixes = [".venv", "venv", "env"].map((folder) => path.join(root, folder));
  const active = [process.env["VIRTUAL_ENV"], process.env["CONDA_PREFIX"]].filter((one) => one !== undefined);
  const program = kernelPython(name, [...prefixes, ...active]);
  return program === null ? null : await environmentIn(program, root);
}

/** The kernels that the project's notebooks name, "python3" apart: that is the one at hand, whichever it is. */
function kernelsNamed({ sources }: CodeBase): readonly string[] {
  const names = [...sources.values()].map((facts) => (facts.kind === "notebook" ? facts.kernelName : null));
  return [...new Set(names)].filter((name) => name !== null && !/^python[23]?$/u.test(name)).map(String);
}
