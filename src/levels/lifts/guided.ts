import { upsertInstructions, writeInstructions } from "../../manifests/index.ts";
import type { Change } from "../../model/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { instructions, instructionsNameCommands } from "../requirements/instructions.ts";
import { specFiles } from "../spec-files.ts";
import { installInstructions } from "./install-lines.ts";
import { liftSpec, type SpecLift } from "./pin-spec.ts";

/**
 * The lift to level 1: undeclared imports are declared, direct dependencies pinned, and the README gets a section that
 * names the commands, unless it names them all already.
 */
export async function liftToGuided(context: LiftContext): Promise<Lift> {
  const spec = await liftSpec(context);
  return { changes: [...spec.changes, ...liftReadme(context, spec)], left: spec.left };
}

function liftReadme(
  { subject, environment }: LiftContext,
  { path: spec, lock }: SpecLift,
): readonly Change[] {
  const { project } = subject;
  const isSpecNew = spec !== null && !specFiles(project).includes(spec);
  // Once every version is pinned, the spec alone gives those of the lock.
  const faults = instructionsNameCommands(subject).findings.filter(
    ({ rule, severity }) => severity === "error" && (lock !== null || rule !== "instruction-ignores-lock"),
  );
  if (!isSpecNew && faults.length === 0) return [];
  const { file, text } = instructions(subject);
  const before = file === null ? null : text;
  const section = writeInstructions({
    name: project.name,
    python: /^\d+\.\d+/u.exec(environment?.interpreter.version ?? "")?.[0] ?? null,
    ...installInstructions(subject, spec, lock),
    commands: project.commands,
  });
  const after = upsertInstructions(before, section);
  const why = "a section that says how to repeat the results";
  return after === before ? [] : [{ path: file ?? "README.md", before, after, why }];
}
