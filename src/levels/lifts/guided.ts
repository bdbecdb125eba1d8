import type { Change } from "../../model/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { instructionsNameCommands } from "../requirements/instructions.ts";
import { specFiles } from "../spec-files.ts";
import { readmeWith } from "./readme-section.ts";
import { liftSpec, type SpecLift } from "./pin-spec.ts";

/**
 * The lift to level 1: undeclared imports are declared, direct dependencies pinned, and the README gets a section that
 * names the commands, unless it names them all already.
 */
export async function liftToGuided(context: LiftContext): Promise<Lift> {
  const spec = await liftSpec(context);
  return { changes: [...spec.changes, ...liftReadme(context, spec)], left: spec.left };
}

function liftReadme(context: LiftContext, { path: spec, lock }: SpecLift): readonly Change[] {
  const { subject } = context;
  const isSpecNew = spec !== null && !specFiles(subject.project).includes(spec);
  // Once every version is pinned, the spec alone gives those of the lock.
  const faults = instructionsNameCommands(subject).findings.filter(
    ({ rule, severity }) => severity === "error" && (lock !== null || rule !== "instruction-ignores-lock"),
  );
  return isSpecNew || faults.length > 0 ? readmeWith(context, spec, lock) : [];
}
