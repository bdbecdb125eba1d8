import { posix } from "node:path";
import { chooseInterpreter, environmentFromRequirements } from "../../environments/index.ts";
import {
  acceptsRequirements,
  addRequirements,
  isEditable,
  isPinned,
  onIndex,
  pinRequirements,
  readManifests,
} from "../../manifests/index.ts";
import type { Change, Manifest } from "../../model/index.ts";
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
import { instructionsNameCommands } from "../requirements/instructions.ts";
import { undeclaredImports, undeclaredNeeds } from "../requirements/declared-imports.ts";
import { installable, requirementsOf } from "../installer-files.ts";
import { lockCovers } from "../own-lock.ts";
import {
  lockedNames,
  openVersions,
  specManifests,
  statedRequirements,
  type LockedVersions,
} from "../spec-files.ts";
import type { Subject } from "../subject.ts";

export interface SpecLift {
  /** The file that says what to install, relative to the root; null where nothing needs to be installed. */
  readonly path: string | null;
  /** The lock whose versions count for what the spec leaves open, and that readers have to install from; null where the
   *  spec names every version. */
  readonly lock: LockedVersions | null;
  readonly changes: readonly Change[];
  readonly left: readonly string[];
}

/** Texts of the files that declare requirements, by path; null where a file is not there yet. */
type Texts = ReadonlyMap<string, string | null>;

/**
 * Declares what is imported and not declared, and pins every direct dependency where it stands: to what is installed
 * where level 0 ran, and what is not there to what resolves today. What is loose stays so only where a lock has all of it
 * and readers can install from it; else it is pinned to the lock's versions.
 */
export async function liftSpec(context: LiftContext): Promise<SpecLift> {
  const { subject } = context;
  const { path, instead } = specPlace(subject);
  if (path === null) return { path, lock: null, changes: [], left: [] };
  const before = instead === null ? textsOf(subject, path) : new Map([[path, null]]);
  const installed = new Map(Object.entries(context.environment?.packages ?? {}));
  const { additions, left } = missingRequirements(subject, installed);
  const lock = additions.length === 0 ? lockToFollow(subject) : null;
  if (instead !== null && additions.length === 0 && servesAsItIs(subject, instead, lock))
    return { path: instead.path, lock, changes: [], left };
  const own = before.get(path) ?? (instead === null ? null : requirementsOf([instead]));
  if ((additions.length > 0 || own === null) && !acceptsRequirements(path, own)) {
    const task = `Declare in ${path}: ${additions.join(", ")}.`;
    return { path, lock: null, changes: [], left: [...left, task] };
  }
  const extended = new Map(before);
  if (additions.length > 0 || own === null || instead !== null)
    extended.set(path, addRequirements(path, own, additions));
  // conda's lock has no say in a file that it is not beside.
  const followed = instead === null ? lock : null;
  const locked = followed === null ? new Set<string>() : lockedNames(subject.project);
  const versions = new Map([...installed, ...(instead === null ? versionsOfLock(subject) : [])]);
  const pinned = pinAll(extended, without(versions, locked));
  const after = isLoose(subject, path, pinned, locked)
    ? pinAll(pinned, without(await resolvedToday(context, path, pinned), locked))
    : pinned;
  const why = `direct dependencies, each with the version that is proved${beside(instead)}`;
  const changes = [...after].flatMap(([file, text]) =>
    text === null || text === before.get(file)
      ? []
      : [{ path: file, before: before.get(file) ?? null, after: text, why }],
  );
  return { path, lock: followed, changes, left };
}

/** The lock beside a loose spec, where it has all that is loose there and covers what is declared. */
function lockToFollow(subject: Subject): LockedVersions | null {
  const open = openVersions(subject.project);
  if (open === null || isStale(subject, open.path)) return null;
  const names = lockedNames(subject.project);
  const stated = statedRequirements(subject.project).filter((one) => !isPinned(one));
  const has = stated.every((one) => names.has(onIndex(one)?.name ?? one.name));
  return has ? open : null;
}

const isStale = (subject: Subject, path: string): boolean =>
  subject.lock?.path === path && !lockCovers(subject);

function versionsOfLock({ project }: Subject): readonly (readonly [name: string, version: string])[] {
  const open = openVersions(project)?.requirements ?? [];
  return open.map(({ name, specifier }) => [name, specifier.slice("==".length)] as const);
}

interface SpecPlace {
  readonly path: string | null;
  /** The owner's declaration that no writer can edit: what it asks of the index is written into `path` beside it. */
  readonly instead: Manifest | null;
}

/** Where the versions are written. Of a manifest that only names other files the first of these is it. */
function specPlace(subject: Subject): SpecPlace {
  const [declared] = specManifests(subject.project);
  if (declared === undefined) {
    const isNeeded = undeclaredImports(subject).length > 0 || reachableSources(subject).size > 0;
    return { path: isNeeded ? "requirements.txt" : null, instead: null };
  }
  if (isEditable(declared.path)) return { path: declared.path, instead: null };
  const files = statedFiles(subject);
  const [first] = files;
  if (first !== undefined && files.every(isEditable)) return { path: first, instead: null };
  return { path: joinPath(posix.dirname(declared.path), "requirements.txt"), instead: declared };
}

/** A declaration that says every version already, and that the README or pip itself installs. */
function servesAsItIs(subject: Subject, spec: Manifest, lock: LockedVersions | null): boolean {
  if (isLoose(subject, spec.path, new Map(), lockedNames(subject.project))) return false;
  if (instructionsNameCommands(subject).evidence.status === "claimed") return true;
  const isBuilt = spec.path === "setup.py" || (spec.path === "setup.cfg" && subject.tree.has("setup.py"));
  return isBuilt && (lock !== null || openVersions(subject.project) === null);
}

const beside = (instead: Manifest | null): string =>
  instead === null
    ? ""
    : `; ${instead.path}, which is not edited, stays as it is, and from now on this file is what is installed`;

/** The files in which the requirements of the spec stand, those that it includes among them. */
function statedFiles(subject: Subject): readonly string[] {
  return [...new Set(statedRequirements(subject.project).map(({ location }) => location.file))];
}

/** The spec, and the files that it includes requirements from. */
function textsOf(subject: Subject, path: string): Texts {
  const { root } = subject.project;
  const files = [...new Set([path, ...statedFiles(subject)])];
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
  names: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  return new Map([...versions].filter(([name]) => !names.has(name)));
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

function isLoose(subject: Subject, path: string, texts: Texts, locked: ReadonlySet<string>): boolean {
  const { root } = subject.project;
  const read = (file: string): string | null => {
    const place = joinPath(root, file);
    return texts.get(file) ?? (exists(place) ? readText(place) : null);
  };
  const [manifest] = readManifests([path], read);
  const stated = (manifest?.requirements ?? []).filter(({ group }) => group === "");
  const asked = stated.flatMap((requirement) => onIndex(requirement) ?? []);
  return asked.some((requirement) => !isPinned(requirement) && !locked.has(requirement.name));
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
  const read = (file: string): string | null => {
    const place = joinPath(root, file);
    return exists(place) ? readText(place) : null;
  };
  using scratch = temporaryDirectory("spec");
  const spec = installable(readManifests([path], read), root, scratch.path);
  const environment = await environmentFromRequirements(
    { root, ...spec, interpreter, confine: confine ?? undefined },
    context.progress,
  );
  return new Map(Object.entries(environment.packages));
}
