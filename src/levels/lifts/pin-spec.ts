import { chooseInterpreter, environmentFromRequirements } from "../../environments/index.ts";
import {
  acceptsRequirements,
  addRequirements,
  isPinned,
  pinRequirements,
  readManifests,
} from "../../manifests/index.ts";
import type { Change } from "../../model/index.ts";
import { exists, joinPath, readText, temporaryDirectory, writeAtomic } from "../../system/index.ts";
import type { LiftContext } from "../define.ts";
import { reachableSources } from "../reach.ts";
import { undeclaredImports } from "../requirements/declared-imports.ts";
import { specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

export interface SpecLift {
  /** The file that says what to install, relative to the root; null where nothing needs to be installed. */
  readonly path: string | null;
  readonly changes: readonly Change[];
  readonly left: readonly string[];
}

/**
 * Declares what is imported and not declared, and pins every direct dependency: to what is installed where level 0 ran,
 * and what is not there to what resolves today.
 */
export async function liftSpec(context: LiftContext): Promise<SpecLift> {
  const { subject } = context;
  const path = specPath(subject);
  if (path === null) return { path, changes: [], left: [] };
  const file = joinPath(subject.project.root, path);
  const before = exists(file) ? readText(file) : null;
  const installed = new Map(Object.entries(context.environment?.packages ?? {}));
  const { additions, left } = missingRequirements(subject, installed);
  if ((additions.length > 0 || before === null) && !acceptsRequirements(path, before)) {
    return { path, changes: [], left: [...left, `Declare in ${path}: ${additions.join(", ")}.`] };
  }
  const extended =
    additions.length > 0 || before === null ? addRequirements(path, before, additions) : before;
  const pinned = pinRequirements(path, extended, installed);
  const after = isLoose(path, pinned)
    ? pinRequirements(path, pinned, await resolvedToday(context, path, pinned))
    : pinned;
  const why = "direct dependencies, each with the version that is proved";
  return { path, changes: after === before ? [] : [{ path, before, after, why }], left };
}

function specPath(subject: Subject): string | null {
  const [declared] = specFiles(subject.project);
  if (declared !== undefined) return declared;
  const imports = undeclaredImports(subject).length > 0 || reachableSources(subject).size > 0;
  return imports ? "requirements.txt" : null;
}

function missingRequirements(
  subject: Subject,
  installed: ReadonlyMap<string, string>,
): { readonly additions: readonly string[]; readonly left: readonly string[] } {
  const additions: string[] = [];
  const left: string[] = [];
  for (const item of undeclaredImports(subject).filter((found) => !found.optional)) {
    const certain = item.candidates.filter((name) => installed.has(name));
    const candidates = certain.length > 0 ? certain : item.candidates;
    const [name] = candidates;
    if (name !== undefined && candidates.length === 1) additions.push(name);
    else
      left.push(
        `Declare what provides ${item.module} (${item.file}:${item.line}): one of ${item.candidates.join(", ")}.`,
      );
  }
  return { additions, left };
}

function isLoose(path: string, text: string): boolean {
  const [manifest] = readManifests([path], () => text);
  return (manifest?.requirements ?? []).some(
    (requirement) => requirement.group === "" && !isPinned(requirement),
  );
}

/** The versions that a spec resolves to today, by installing it on the project's Python. */
async function resolvedToday(
  context: LiftContext,
  path: string,
  text: string,
): Promise<ReadonlyMap<string, string>> {
  const { project } = context.subject;
  const interpreter =
    context.environment?.interpreter ?? (await chooseInterpreter(project.python?.specifier ?? null));
  using draft = temporaryDirectory("draft");
  writeAtomic(joinPath(draft.path, path), text);
  const environment = await environmentFromRequirements(
    { root: draft.path, files: [path], interpreter },
    context.progress,
  );
  return new Map(Object.entries(environment.packages));
}
