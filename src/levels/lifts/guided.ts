import { addRequirements, pinRequirements, upsertInstructions, writeInstructions } from "../../manifests/index.ts";
import type { Change, Command } from "../../model/index.ts";
import { exists, readText } from "../../system/index.ts";
import type { Lift, LiftContext } from "../define.ts";
import { reachableSources } from "../reach.ts";
import { undeclaredImports } from "../requirements/declared-imports.ts";
import { instructions } from "../requirements/instructions.ts";
import { specFiles } from "../spec-files.ts";

/**
 * The lift to level 1: undeclared imports are declared, direct dependencies pinned to what is installed where level 0
 * ran, and the README gets a section that names the commands.
 */
export async function liftToGuided(context: LiftContext): Promise<Lift> {
  const spec = liftSpec(context);
  const readme = liftReadme(context, spec.path);
  return { changes: [...spec.changes, ...readme], left: spec.left };
}

function liftSpec({ subject, environment }: LiftContext): { path: string | null; changes: readonly Change[]; left: readonly string[] } {
  const { project } = subject;
  const [declared] = specFiles(project);
  const path = declared ?? (reachableSources(subject).size > 0 ? "requirements.txt" : null);
  if (path === null) return { path, changes: [], left: [] };
  const file = `${project.root}/${path}`;
  const before = exists(file) ? readText(file) : null;
  const installed = new Map(Object.entries(environment?.packages ?? {}));
  const additions: string[] = [];
  const left: string[] = [];
  for (const item of undeclaredImports(subject).filter((found) => !found.optional)) {
    const certain = item.candidates.filter((name) => installed.has(name));
    const [name] = certain.length > 0 ? certain : item.candidates;
    if (name !== undefined && (certain.length === 1 || item.candidates.length === 1)) additions.push(name);
    else left.push(`Declare what provides ${item.module} (${item.file}:${item.line}): one of ${item.candidates.join(", ")}.`);
  }
  const extended = additions.length > 0 || before === null ? addRequirements(path, before, additions) : before;
  const after = pinRequirements(path, extended, installed);
  const changes = after === before ? [] : [{ path, before, after, why: "direct dependencies, each with the version that was proved" }];
  return { path, changes, left };
}

function liftReadme({ subject, environment }: LiftContext, spec: string | null): readonly Change[] {
  const { project } = subject;
  const { file, text } = instructions(subject);
  const path = file ?? "README.md";
  const before = file === null ? null : text;
  const section = writeInstructions({
    name: project.name,
    python: /^\d+\.\d+/u.exec(environment?.interpreter.version ?? "")?.[0] ?? null,
    install: installLines(spec, project.commands),
    commands: project.commands,
  });
  const after = upsertInstructions(before, section);
  return after === before ? [] : [{ path, before, after, why: "a section that says how to repeat the results" }];
}

/** What a reader installs: the spec, and for notebooks what runs them without a browser. */
function installLines(spec: string | null, commands: readonly Command[]): readonly string[] {
  const own = spec === null ? [] : [spec === "pyproject.toml" ? "python -m pip install ." : `python -m pip install -r ${spec}`];
  const notebooks = commands.some((command) => command.kind === "notebook");
  return notebooks ? [...own, "python -m pip install nbconvert ipykernel"] : own;
}
