import { upsertInstructions, writeInstructions } from "../../manifests/index.ts";
import type { Change } from "../../model/index.ts";
import type { LiftContext } from "../define.ts";
import { instructions } from "../requirements/instructions.ts";
import { installInstructions, type FollowedLock } from "./install-lines.ts";

/** The README with the section on how to repeat the results: installed from `lock` where one is followed, else from `spec`. */
export function readmeWith(
  { subject, environment }: Pick<LiftContext, "subject" | "environment">,
  spec: string | null,
  lock: FollowedLock | null,
): readonly Change[] {
  const { project } = subject;
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
