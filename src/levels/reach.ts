import type { Command } from "../model/index.ts";
import { codeOf, type ImportFact, type SourceFacts } from "../source/index.ts";
import type { Subject } from "./subject.ts";

/** Names under which the project's own modules and packages can be imported: any file or folder that holds Python. */
export function localModules(subject: Subject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of subject.sources.keys()) {
    if (!file.endsWith(".py")) continue;
    const parts = file.slice(0, -3).split("/");
    for (const part of parts) names.add(part);
  }
  return names;
}

/**
 * The Python files and notebooks that the commands reach: those they name, and what these import of the project. Where
 * a command names none (make, a console script), it may reach all of them.
 */
export function reachableSources(subject: Subject): ReadonlyMap<string, SourceFacts> {
  const entries = new Set<string>();
  for (const command of subject.project.commands) {
    const named = entryFiles(command, subject);
    if (named.length === 0) return subject.sources;
    for (const file of named) entries.add(file);
  }
  const reached = new Map<string, SourceFacts>();
  const byModule = modulePaths(subject);
  const visit = (file: string): void => {
    const facts = subject.sources.get(file);
    if (facts === undefined || reached.has(file)) return;
    reached.set(file, facts);
    for (const fact of codeOf(facts).imports) {
      for (const target of targetsOf(fact, byModule)) visit(target);
    }
  };
  for (const file of entries) visit(file);
  return reached;
}

function targetsOf(fact: ImportFact, byModule: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const last = fact.module.split(".").at(-1) ?? "";
  return [last, ...fact.module.split("."), ...fact.names].flatMap((name) => byModule.get(name) ?? []);
}

/** Files that a command's line names, as seen from its working directory or the root. */
function entryFiles(command: Command, subject: Subject): readonly string[] {
  if (command.kind === "notebook") return [command.run];
  const files = [...subject.sources.keys()];
  return files.filter((file) => {
    const inCwd =
      command.cwd === "."
        ? file
        : file.startsWith(`${command.cwd}/`)
          ? file.slice(command.cwd.length + 1)
          : file;
    const name = inCwd.slice(inCwd.lastIndexOf("/") + 1);
    const modulePath = inCwd.replace(/\.py$/u, "").replaceAll("/", ".");
    return (
      command.run.includes(inCwd) || command.run.includes(`-m ${modulePath}`) || hasWord(command.run, name)
    );
  });
}

function hasWord(line: string, word: string): boolean {
  return line.split(/[\s'"=/]+/u).includes(word);
}

function modulePaths(subject: Subject): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const file of subject.sources.keys()) {
    if (!file.endsWith(".py")) continue;
    const parts = file.slice(0, -3).split("/");
    const name = parts.at(-1) === "__init__" ? parts.at(-2) : parts.at(-1);
    if (name !== undefined) paths.set(name, [...(paths.get(name) ?? []), file]);
  }
  return paths;
}
