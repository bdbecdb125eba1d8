import type { Command, Project } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";
import type { CodeBase } from "./code-base.ts";
import {
  filesOfImport,
  folderOf,
  namesAt,
  pathFrom,
  rootsAddedBy,
  rootsOfCommands,
  scriptFolders,
} from "./import-roots.ts";

/** What the commands reach of the project's own code. */
export interface Reach {
  readonly sources: ReadonlyMap<string, SourceFacts>;
  /** Names under which the project's own modules and packages are imported. */
  readonly modules: ReadonlySet<string>;
}

/** Names under which the project's own modules and packages can be imported from where its code looks. */
export function localModules(code: CodeBase): ReadonlySet<string> {
  return reachOf(code).modules;
}

/**
 * The Python files and notebooks that the commands reach: those they name, what these import of the project, and what
 * they run by path. Where a command names none (make, a console script), it may reach all of them.
 */
export function reachableSources(code: CodeBase): ReadonlyMap<string, SourceFacts> {
  return reachOf(code).sources;
}

const known = new WeakMap<Project, Reach>();

function reachOf(code: CodeBase): Reach {
  const earlier = known.get(code.project);
  if (earlier !== undefined) return earlier;
  const reach = reachFrom(code, code.project.commands);
  known.set(code.project, reach);
  return reach;
}

/** What these commands reach. */
export function reachFrom(code: CodeBase, commands: readonly Command[]): Reach {
  const base = rootsOfCommands(code, commands);
  const entries = new Set<string>();
  for (const command of commands) {
    const named = entryFiles(command, code);
    if (named.length === 0) {
      const everywhere = new Set([...base, ...scriptFolders(code)]);
      for (const [file, facts] of code.sources)
        for (const root of rootsAddedBy(file, facts, base)) everywhere.add(root);
      const sources = new Map(Array.from(code.sources).filter(([file, facts]) => !isForBuild(file, facts)));
      return { sources, modules: namesAt(code, everywhere) };
    }
    for (const file of named) entries.add(file);
  }
  const roots = new Set(base);
  for (const file of entries) roots.add(folderOf(file));
  // A file that is reached late may add a folder from which an earlier one imports.
  let sources = visitAll(code, entries, roots, base);
  for (let before = -1; before !== roots.size;) {
    before = roots.size;
    sources = visitAll(code, entries, roots, base);
  }
  return { sources, modules: namesAt(code, roots) };
}

/** True for what builds the package or its documentation: no command runs it that does not name it. */
export function isForBuild(file: string, facts: SourceFacts): boolean {
  if (/^docs?\/(?:[^/]+\/)*conf\.py$/u.test(file)) return true;
  const isSetup = file === "setup.py" || file.endsWith("/setup.py");
  return isSetup && codeOf(facts).imports.some(({ module }) => /^(?:setuptools|distutils)\b/u.test(module));
}

/** The files reached with these roots; adds the roots that they add themselves. */
function visitAll(
  code: CodeBase,
  entries: ReadonlySet<string>,
  roots: Set<string>,
  base: ReadonlySet<string>,
): ReadonlyMap<string, SourceFacts> {
  const reached = new Map<string, SourceFacts>();
  const waiting = [...entries].toReversed();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const facts = code.sources.get(file);
    if (facts === undefined || reached.has(file)) continue;
    reached.set(file, facts);
    for (const root of rootsAddedBy(file, facts, base)) roots.add(root);
    for (const fact of codeOf(facts).imports) waiting.push(...filesOfImport(file, fact, roots, code.sources));
    for (const { path } of codeOf(facts).scripts) {
      for (const folder of new Set([folderOf(file), ...base])) {
        const script = pathFrom(folder, path);
        if (script === null || !code.sources.has(script)) continue;
        waiting.push(script);
        roots.add(folderOf(script));
      }
    }
  }
  return reached;
}

/**
 * Files that a command's line names, as seen from its working directory, the root, or a folder that the line enters.
 * Where none is there by that path, files of the same name.
 */
export function entryFiles(command: Command, code: CodeBase): readonly string[] {
  if (command.kind === "notebook") return [command.run];
  const words = command.run.split(/[\s'"=;&|()<>]+/u);
  const entered = words.filter((_, index) => /^(?:cd|pushd)$/u.test(words[index - 1] ?? ""));
  const folders = new Set([
    command.cwd,
    "",
    ...entered.flatMap((folder) => [folder, `${command.cwd}/${folder}`]),
  ]);
  const modules = words
    .filter((_, index) => words[index - 1] === "-m")
    .map((module) => module.replaceAll(".", "/"));
  const named = new Set<string>();
  for (const folder of folders) {
    for (const word of words) named.add(pathFrom(folder, word) ?? "");
    for (const module of modules) {
      for (const root of ["", "src/"]) {
        for (const end of [".py", "/__main__.py", "/__init__.py"])
          named.add(pathFrom(folder, `${root}${module}${end}`) ?? "");
      }
    }
  }
  const exact = [...named].filter((file) => code.sources.has(file));
  if (exact.length > 0) return exact;
  const names = new Set(words.map((word) => word.slice(word.lastIndexOf("/") + 1)));
  return [...code.sources.keys()].filter((file) => names.has(file.slice(file.lastIndexOf("/") + 1)));
}
