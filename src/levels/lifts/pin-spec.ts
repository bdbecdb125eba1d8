import { chooseInterpreter, environmentFromRequirements } from "../../environments/index.ts";
import {
  acceptsRequirements,
  addRequirements,
  isPinned,
  pinRequirements,
  readManifests,
} from "../../manifests/index.ts";
import type { Change } from "../../model/index.ts";
import { confineBuilds, unconfinedBuilds } from "../../sandbox/index.ts";
import {
  copyFileAtomic,
  exists,
  joinPath,
  readText,
  temporaryDirectory,
  writeAtomic,
} from "../../system/index.ts";
import type { LiftContext } from "../define.ts";
import { reachableSources } from "../../inference/index.ts";
import { undeclaredImports, undeclaredNeeds } from "../requirements/declared-imports.ts";
import { directRequirements, lockedIn, specFiles } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

export interface SpecLift {
  /** The file that says what to install, relative to the root; null where nothing needs to be installed. */
  readonly path: string | null;
  readonly changes: readonly Change[];
  readonly left: readonly string[];
}

/** Texts of the files that declare requirements, by path; null where a file is not there yet. */
type Texts = ReadonlyMap<string, string | null>;

/**
 * Declares what is imported and not declared, and pins every direct dependency where it stands: to what is installed
 * where level 0 ran, and what is not there to what resolves today. What a lock gives its version stays as it is.
 */
export async function liftSpec(context: LiftContext): Promise<SpecLift> {
  const { subject } = context;
  const path = specPath(subject);
  if (path === null) return { path, changes: [], left: [] };
  const before = textsOf(subject, path);
  const installed = new Map(Object.entries(context.environment?.packages ?? {}));
  const { additions, left } = missingRequirements(subject, installed);
  const own = before.get(path) ?? null;
  if ((additions.length > 0 || own === null) && !acceptsRequirements(path, own)) {
    return { path, changes: [], left: [...left, `Declare in ${path}: ${additions.join(", ")}.`] };
  }
  const extended = new Map(before);
  if (additions.length > 0 || own === null) extended.set(path, addRequirements(path, own, additions));
  const isLocked = lockedIn(subject.project);
  const pinned = pinAll(extended, without(installed, isLocked));
  const after = isLoose(subject, path, pinned, isLocked)
    ? pinAll(pinned, without(await resolvedToday(context, path, pinned), isLocked))
    : pinned;
  const why = "direct dependencies, each with the version that is proved";
  const changes = [...after].flatMap(([file, text]) =>
    text === null || text === before.get(file)
      ? []
      : [{ path: file, before: before.get(file) ?? null, after: text, why }],
  );
  return { path, changes, left };
}

function specPath(subject: Subject): string | null {
  const [declared] = specFiles(subject.project);
  if (declared !== undefined) return declared;
  return undeclaredImports(subject).length > 0 || reachableSources(subject).size > 0
    ? "requirements.txt"
    : null;
}

/** The spec, and the files that it includes requirements from. */
function textsOf(subject: Subject, path: string): Texts {
  const { root } = subject.project;
  const included = directRequirements(subject.project).map((requirement) => requirement.location.file);
  const files = [...new Set([path, ...included])];
  return new Map(
    files.map((file) => [file, exists(joinPath(root, file)) ? readText(joinPath(root, file)) : null]),
  );
}

function pinAll(texts: Texts, versions: ReadonlyMap<string, string>): Texts {
  return new Map(
    [...texts].map(([file, text]) => [file, text === null ? null : pinRequirements(file, text, versions)]),
  );
}

function without(
  versions: ReadonlyMap<string, string>,
  isLocked: ReturnType<typeof lockedIn>,
): ReadonlyMap<string, string> {
  return new Map([...versions].filter(([name]) => !isLocked({ ecosystem: "pypi", name })));
}

function missingRequirements(
  subject: Subject,
  installed: ReadonlyMap<string, string>,
): { readonly additions: readonly string[]; readonly left: readonly string[] } {
  const additions: string[] = [];
  const left: string[] = [];
  for (const item of undeclaredImports(subject).filter((found) => !found.optional)) {
    const certain = item.candidates.filter((name) => installed.has(name));
    const name = certain.length === 1 ? certain[0] : (item.distribution ?? undefined);
    if (name !== undefined) additions.push(name);
    else {
      const place = item.line === null ? item.file : `${item.file}:${item.line}`;
      const among = item.candidates.length > 1 ? `: one of ${item.candidates.join(", ")}` : "";
      left.push(`Declare what provides ${item.module} (${place})${among}.`);
    }
  }
  // What only a call shows is declared where level 0 ran with it; what it did not need stays out.
  for (const { distribution } of undeclaredNeeds(subject))
    if (distribution !== null && installed.has(distribution)) additions.push(distribution);
  return { additions: [...new Set(additions)], left };
}

function isLoose(
  subject: Subject,
  path: string,
  texts: Texts,
  isLocked: ReturnType<typeof lockedIn>,
): boolean {
  const { root } = subject.project;
  const read = (file: string): string | null => {
    const place = joinPath(root, file);
    return texts.get(file) ?? (exists(place) ? readText(place) : null);
  };
  const [manifest] = readManifests([path], read);
  return (manifest?.requirements ?? []).some(
    (requirement) => requirement.group === "" && !isPinned(requirement) && !isLocked(requirement),
  );
}

const largestCopied = 1 << 20;

/** The versions that a draft of the spec resolves to today, by installing it on the project's Python. */
async function resolvedToday(
  context: LiftContext,
  path: string,
  texts: Texts,
): Promise<ReadonlyMap<string, string>> {
  const { project } = context.subject;
  const interpreter =
    context.environment?.interpreter ?? (await chooseInterpreter(project.python?.specifier ?? null));
  const confine = await confineBuilds(project.root);
  if (confine === null) context.progress(unconfinedBuilds);
  using draft = temporaryDirectory("draft");
  const root = joinPath(draft.path, "project");
  // What it includes, and local packages that it names, must be there; data need not.
  for (const file of project.files.filter(({ kind, size }) => kind === "file" && size <= largestCopied)) {
    copyFileAtomic(joinPath(project.root, file.path), joinPath(root, file.path));
  }
  for (const [file, text] of texts) if (text !== null) writeAtomic(joinPath(root, file), text);
  const environment = await environmentFromRequirements(
    { root, files: [path], interpreter, confine: confine ?? undefined },
    context.progress,
  );
  return new Map(Object.entries(environment.packages));
}
