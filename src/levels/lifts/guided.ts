import { posix } from "node:path";
import { upsertInstructions, writeInstructions } from "../../manifests/index.ts";
import type { Change, Command } from "../../model/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { instructions, instructionsNameCommands } from "../requirements/instructions.ts";
import { specFiles } from "../spec-files.ts";
import { liftSpec } from "./pin-spec.ts";

/**
 * The lift to level 1: undeclared imports are declared, direct dependencies pinned, and the README gets a section that
 * names the commands, unless it names them all already.
 */
export async function liftToGuided(context: LiftContext): Promise<Lift> {
  const spec = await liftSpec(context);
  return { changes: [...spec.changes, ...liftReadme(context, spec.path)], left: spec.left };
}

function liftReadme({ subject, environment }: LiftContext, spec: string | null): readonly Change[] {
  const { project } = subject;
  const isSpecNew = spec !== null && !specFiles(project).includes(spec);
  if (!isSpecNew && instructionsNameCommands(subject).evidence.status === "claimed") return [];
  const { file, text } = instructions(subject);
  const before = file === null ? null : text;
  const section = writeInstructions({
    name: project.name,
    python: /^\d+\.\d+/u.exec(environment?.interpreter.version ?? "")?.[0] ?? null,
    ...environmentLines(spec, project.name),
    install: installLines(spec, project.commands),
    commands: project.commands,
  });
  const after = upsertInstructions(before, section);
  const why = "a section that says how to repeat the results";
  return after === before ? [] : [{ path: file ?? "README.md", before, after, why }];
}

/** How a reader installs a spec, by its name. */
const installers: readonly (readonly [name: RegExp, line: (path: string) => string])[] = [
  [/^(?:pyproject\.toml|setup\.py|setup\.cfg)$/u, () => "python -m pip install ."],
  [/^Pipfile$/u, () => "pipenv install"],
  [/^/u, (path) => `python -m pip install -r ${path}`],
];

const isForConda = (spec: string | null): spec is string => /\.ya?ml$/u.test(spec ?? "");

/** conda makes the environment from its own file, with all that it names. */
function environmentLines(
  spec: string | null,
  project: string,
): { readonly environment?: readonly string[] } {
  if (!isForConda(spec)) return {};
  const name = project.replaceAll(/[^\w.-]+/gu, "-");
  return { environment: [`conda env create --name ${name} --file ${spec}`, `conda activate ${name}`] };
}

/** What a reader installs: the spec, and for notebooks what runs them without a browser. */
function installLines(spec: string | null, commands: readonly Command[]): readonly string[] {
  const own =
    spec === null || isForConda(spec)
      ? []
      : installers
          .filter(([name]) => name.test(posix.basename(spec)))
          .map(([, line]) => line(spec))
          .slice(0, 1);
  const notebooks = commands.some((command) => command.kind === "notebook");
  return notebooks ? [...own, "python -m pip install nbconvert ipykernel"] : own;
}
