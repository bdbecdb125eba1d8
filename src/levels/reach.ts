import type { Command } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";
import {
  filesOfImport,
  folderOf,
  namesAt,
  pathFrom,
  rootsAddedBy,
  rootsOfCommands,
  scriptFolders,
} from "./import-roots.ts";
import type { Subject } from "./subject.ts";

/** What the commands reach of the project's own code. */
export interface Reach {
  readonly sources: ReadonlyMap<string, SourceFacts>;
  /** Names under which the project's own modules and packages are imported. */
  readonly modules: ReadonlySet<string>;
}

/** Names under which the project's own modules and packages can be imported from where its code looks. */
export function localModules(subject: Subject): ReadonlySet<string> {
  return reachOf(subject).modules;
}

/**
 * The Python files and notebooks that the commands reach: those they name, what these import of the project, and what
 * they run by path. Where a command names none (make, a console script), it may reach all of them.
 */
export function reachableSources(subject: Subject): ReadonlyMap<string, SourceFacts> {
  return reachOf(subject).sources;
}

const known = new WeakMap<Subject, Reach>();

function reachOf(subject: Subject): Reach {
  const earlier = known.get(subject);
  if (earlier !== undefined) return earlier;
  const reach = reachFrom(subject, subject.project.commands);
  known.set(subject, reach);
  return reach;
}

/** What these commands reach. */
export function reachFrom(subject: Subject, commands: readonly Command[]): Reach {
  const base = rootsOfCommands(subject, commands);
  const entries = new Set<string>();
  for (const command of commands) {
    const named = entryFiles(command, subject);
    if (named.length === 0) {
      const everywhere = new Set([...base, ...scriptFolders(subject)]);
      for (const [file, facts] of subject.sources)
        for (const root of rootsAddedBy(file, facts, base)) everywhere.add(root);
      return { sources: subject.sources, modules: namesAt(subject, everywhere) };
    }
    for (const file of named) entries.add(file);
  }
  const roots = new Set(base);
  for (const file of entries) roots.add(folderOf(file));
  // A file that is reached late may add a folder from which an earlier one imports.
  let sources = visitAll(subject, entries, roots, base);
  for (let before = -1; before !== roots.size;) {
    before = roots.size;
    sources = visitAll(subject, entries, roots, base);
  }
  return { sources, modules: namesAt(subject, roots) };
}

/** The files reached with these roots; adds the roots that they add themselves. */
function visitAll(
  subject: Subject,
  entries: ReadonlySet<string>,
  roots: Set<string>,
  base: ReadonlySet<string>,
): ReadonlyMap<string, SourceFacts> {
  const reached = new Map<string, SourceFacts>();
  const waiting = [...entries].toReversed();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const facts = subject.sources.get(file);
    if (facts === undefined || reached.has(file)) continue;
    reached.set(file, facts);
    for (const root of rootsAddedBy(file, facts, base)) roots.add(root);
    for (const fact of codeOf(facts).imports)
      waiting.push(...filesOfImport(file, fact, roots, subject.sources));
    for (const { path } of codeOf(facts).scripts) {
      for (const folder of new Set([folderOf(file), ...base])) {
        const script = pathFrom(folder, path);
        if (script === null || !subject.sources.has(script)) continue;
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
export function entryFiles(command: Command, subject: Subject): readonly string[] {
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
  const exact = [...named].filter((file) => subject.sources.has(file));
  if (exact.length > 0) return exact;
  const names = new Set(words.map((word) => word.slice(word.lastIndexOf("/") + 1)));
  return [...subject.sources.keys()].filter((file) => names.has(file.slice(file.lastIndexOf("/") + 1)));
}
