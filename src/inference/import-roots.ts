import type { Command, Project } from "../model/index.ts";
import { codeOf, type ImportFact, type SourceFacts } from "../source/index.ts";
import type { CodeBase } from "./code-base.ts";

/** Folders from which modules are imported, relative to the project's root; "" is the root itself. */
export type ImportRoots = ReadonlySet<string>;

/** The folder that holds a file; "" for the root. */
export function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
}

/** A path as seen from a folder, both relative to the project's root; null where it leads out of it. */
export function pathFrom(folder: string, path: string): string | null {
  if (path.startsWith("/") || path.startsWith("~")) return null;
  const parts: string[] = [];
  for (const part of [...folder.split("/"), ...path.replaceAll("\\", "/").split("/")]) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/**
 * Where every command looks first: the root, src/, its working directory, what it puts on PYTHONPATH, and the folder of
 * the package that carries the project's name, which installing the project brings.
 */
export function rootsOfCommands(code: CodeBase, commands: readonly Command[]): ImportRoots {
  const roots = new Set(["", "src", ...foldersOfOwnPackage(code), ...foldersInstalled(code)]);
  for (const { cwd, env, run } of commands) {
    const folder = pathFrom("", cwd) ?? "";
    roots.add(folder);
    const given = [env["PYTHONPATH"] ?? "", /\bPYTHONPATH=(\S+)/u.exec(run)?.[1] ?? ""];
    for (const entry of given.flatMap((value) => value.split(":"))) {
      const added = entry === "" ? null : pathFrom(folder, entry.replace(/^\$(?:PWD|\{PWD\})/u, "."));
      if (added !== null) roots.add(added);
    }
  }
  return roots;
}

/** Folders of the tree that the spec installs by their path, and where the packages in them lie by custom. */
function foldersInstalled({ project }: CodeBase): readonly string[] {
  return project.manifests
    .flatMap(({ requirements }) => requirements)
    .flatMap(({ url }) => {
      const path =
        url === null || /^[a-z+]+:\/\//iu.test(url) ? null : pathFrom("", url.replace(/^file:/u, ""));
      return path === null ? [] : [path, pathFrom(path, "src") ?? ""];
    });
}

function foldersOfOwnPackage({ project, sources }: CodeBase): readonly string[] {
  const earlier = ownFolders.get(sources);
  if (earlier !== undefined) return earlier;
  const names = project.manifests.flatMap(({ projectName }) =>
    projectName === null ? [] : [projectName.replaceAll(/[-_.]+/gu, "_").toLowerCase()],
  );
  const folders =
    names.length === 0 ? [] : Array.from(sources.keys()).flatMap((file) => ownFolder(file, names));
  ownFolders.set(sources, folders);
  return folders;
}

const ownFolders = new WeakMap<CodeBase["sources"], readonly string[]>();

/** The folder of a package that has one of these names, where the file is its __init__.py. */
function ownFolder(file: string, names: readonly string[]): readonly string[] {
  if (!file.endsWith("/__init__.py")) return [];
  const folder = folderOf(file);
  const name = folder.slice(folder.lastIndexOf("/") + 1).toLowerCase();
  return names.includes(name) ? [folderOf(folder)] : [];
}

/**
 * Folders that a file's code adds to sys.path: its literals, as seen from its own folder, from the root and from a
 * working directory. What is computed from __file__ alone is one of the folders above it.
 */
export function rootsAddedBy(file: string, facts: SourceFacts, base: ImportRoots): readonly string[] {
  const own = folderOf(file);
  const added: string[] = [];
  for (const { strings } of codeOf(facts).calls.filter(({ name }) => /^(?:sys\.path\.|site\.)/u.test(name))) {
    if (strings === undefined) continue;
    const said = [...strings, strings.join("/")].filter((text) => text !== "");
    for (const path of said) {
      for (const folder of [own, ...base]) added.push(...present(pathFrom(folder, path)));
    }
    const up = pathFrom(own, "..");
    if (said.length === 0 && up !== null) added.push(up, ...present(pathFrom(up, "..")));
  }
  return added;
}

const present = (path: string | null): readonly string[] => (path === null ? [] : [path]);

/** Folders that hold Python and are no package: any file in them may be run as a script, and then imports from there. */
export function scriptFolders(code: CodeBase): ImportRoots {
  const folders = new Set(Array.from(code.sources.keys(), folderOf));
  return new Set([...folders].filter((folder) => !code.sources.has(join(folder, "__init__.py"))));
}

/** Names that an import finds at one of the roots: modules, and folders that hold Python at any depth. */
export function namesAt({ project }: CodeBase, roots: ImportRoots): ReadonlySet<string> {
  const byFolder = namesByFolder(project);
  return new Set([...roots].flatMap((root) => [...(byFolder.get(root) ?? [])]));
}

const known = new WeakMap<Project, ReadonlyMap<string, ReadonlySet<string>>>();

/** What each folder of the project holds that can be imported from there: modules, and folders with Python in them. */
export function namesByFolder(project: Project): ReadonlyMap<string, ReadonlySet<string>> {
  const earlier = known.get(project);
  if (earlier !== undefined) return earlier;
  const names = new Map<string, Set<string>>();
  for (const { path } of project.files) {
    if (!/\.(?:pyw?|pyx|so|pyd)$/u.test(path)) continue;
    let folder = "";
    for (const part of path.split("/")) {
      const inside = names.get(folder) ?? new Set();
      inside.add(/^[^.]*/u.exec(part)?.[0] ?? "");
      names.set(folder, inside);
      folder = join(folder, part);
    }
  }
  known.set(project, names);
  return names;
}

/** The files of the project that an import carries out, packages' __init__.py included. */
export function filesOfImport(
  file: string,
  fact: ImportFact,
  roots: ImportRoots,
  sources: ReadonlyMap<string, SourceFacts>,
): readonly string[] {
  const from =
    fact.level === 0 ? [...roots] : present(pathFrom(folderOf(file), "../".repeat(fact.level - 1)));
  const parts = fact.module === "" ? [] : fact.module.split(".");
  const files: string[] = [];
  for (const root of from) {
    let at = root;
    for (const part of parts) {
      at = join(at, part);
      files.push(`${at}.py`, `${at}/__init__.py`);
    }
    for (const name of fact.names) files.push(join(at, `${name}.py`), join(at, `${name}/__init__.py`));
  }
  return files.filter((path) => sources.has(path));
}

const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);
