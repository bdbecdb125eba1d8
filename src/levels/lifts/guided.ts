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
    install: installLines(spec, project.commands),
    commands: project.commands,
  });
  const after = upsertInstructions(before, section);
  const why = "a section that says how to repeat the results";
  return after === before ? [] : [{ path: file ?? "README.md", before, after, why }];
}

/** What a reader installs: the spec, and for notebooks what runs them without a browser. */
function installLines(spec: string | null, commands: readonly Command[]): readonly string[] {
  const own =
    spec === null
      ? []
      : [spec === "pyproject.toml" ? "python -m pip install ." : `python -m pip install -r ${spec}`];
  const notebooks = commands.some((command) => command.kind === "notebook");
  return notebooks ? [...own, "python -m pip install nbconvert ipykernel"] : own;
}
