import path from "node:path";
import { makeCommand } from "../manifests/index.ts";
import type { Command, CommandKind } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";
import { shellQuote } from "../system/index.ts";
import { uniqueNames, type FoundCommands } from "./found.ts";

/** Folders whose scripts and notebooks are not what the project runs. */
const asideFolders =
  /(^|\/)(tests?|docs?|build|dist|site|examples?|vendor|third_party|archive|old|solutions?)\//iu;
const asideScripts =
  /(^|\/)(setup|conftest|noxfile|fabfile|tasks|conf|__init__|__main__|test_[^/]*|[^/]*_test)\.py$/u;

/**
 * Commands that no file names: every notebook that no found command mentions, and where nothing was found at all, the
 * scripts that do something when run. They are guesses until the owner confirms them in rung.toml.
 */
export function guessCommands(
  found: FoundCommands,
  paths: readonly string[],
  sources: ReadonlyMap<string, SourceFacts>,
  tracked: readonly string[] | null,
): readonly Command[] {
  if (found.forMachines) return [];
  const known = tracked === null ? null : new Set(tracked);
  const candidates = paths.filter((file) => !asideFolders.test(file) && (known?.has(file) ?? true));
  const mentioned = found.commands.map((command) => command.run).join("\n");
  const notebooks = candidates.filter(
    (file) =>
      file.endsWith(".ipynb") &&
      !mentioned.includes(path.basename(file)) &&
      isPythonNotebook(sources.get(file)),
  );
  const scripts = found.commands.some(({ kind }) => kind !== "test") ? [] : entryScripts(candidates, sources);
  return uniqueNames([
    ...scripts.map((file) => guessed("run", file, `python ${shellQuote(file)}`, lineOf(sources.get(file)))),
    ...notebooks.map((file) => guessed("notebook", file, file, null)),
  ]);
}

function isPythonNotebook(facts: SourceFacts | undefined): boolean {
  return facts?.kind === "notebook" && (facts.language === null || /python/iu.test(facts.language));
}

/** Scripts that work when run and that no other file imports: those with a __main__ guard, else with top-level work,
 *  else those whose fault hides what they do. */
function entryScripts(
  paths: readonly string[],
  sources: ReadonlyMap<string, SourceFacts>,
): readonly string[] {
  const imported = new Set<string>();
  for (const facts of sources.values()) {
    for (const fact of codeOf(facts).imports) {
      imported.add(fact.module.split(".").at(-1) ?? "");
      for (const name of fact.names) imported.add(name);
    }
  }
  const scripts = paths.filter((file) => file.endsWith(".py") && !asideScripts.test(file));
  const isFree = (file: string): boolean => !imported.has(path.basename(file, ".py"));
  const guarded = scripts.filter((file) => guardOf(sources.get(file)) !== null);
  if (guarded.some(isFree)) return guarded.filter(isFree);
  const working = scripts.filter((file) => isFree(file) && worksAt(sources.get(file)) !== null);
  if (working.length > 0) return working;
  return guarded.length > 0
    ? guarded
    : scripts.filter((file) => isFree(file) && faultOf(sources.get(file)) !== null);
}

function guardOf(facts: SourceFacts | undefined): number | null {
  return facts?.kind === "python" ? facts.mainGuardLine : null;
}

function faultOf(facts: SourceFacts | undefined): number | null {
  return facts?.kind === "python" ? (facts.syntaxError?.line ?? null) : null;
}

function worksAt(facts: SourceFacts | undefined): number | null {
  return facts?.kind === "python" ? (facts.mainGuardLine ?? facts.topLevelWorkLine) : null;
}

const lineOf = (facts: SourceFacts | undefined): number | null => worksAt(facts) ?? faultOf(facts);

function guessed(kind: CommandKind, file: string, run: string, line: number | null): Command {
  const name = path
    .basename(file, path.extname(file))
    .replaceAll(/[^\w.-]+/gu, "-")
    .replaceAll(/^[-.]+|-+$/gu, "");
  return makeCommand({ name: name || "run", kind, run, origin: "guessed", location: { file, line } });
}
