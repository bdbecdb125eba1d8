import {
  entryLine,
  entryPointsOf,
  kindOfLine,
  makeCommand,
  parseJustfile,
  plainName,
  recipeLine,
} from "../manifests/index.ts";
import { shellQuote } from "../system/index.ts";
import type { Command } from "../model/index.ts";
import { joinFolder, launchWords } from "./launch-words.ts";
import { before, manifestsIn, type Found, type Launch } from "./launch-parts.ts";

const mlflowValued =
  /^(?:-[PeAvb]|--(?:param-list|entry-point|docker-args|version|experiment-name|experiment-id|backend|backend-config|env-manager|storage-dir|run-id|run-name))$/u;

/** `mlflow run DIR -e ENTRY -P a=b`: the entry point's line with these values and the defaults of the others. */
export function launchedEntryPoint(launch: Launch): Found | null {
  const { options, rest } = launchWords(launch.words.slice(2), mlflowValued, false);
  const [where = ""] = rest;
  if (where === "" || /:\/\/|^git@|#/u.test(where)) return null;
  const folder = joinFolder(launch.cwd, where);
  const [manifest] = manifestsIn(launch, folder, ["MLproject"]);
  const text = manifest === undefined ? null : launch.readFile(manifest.path);
  const valueOf = (...names: readonly string[]): string | null =>
    options.findLast(({ name }) => names.includes(name))?.value ?? null;
  const entry = valueOf("-e", "--entry-point") ?? "main";
  const values = new Map(
    options
      .filter(({ name }) => name === "-P" || name === "--param-list")
      .map(({ value }) => [value.split("=")[0] ?? "", value.replace(/^[^=]*=?/u, "")] as const),
  );
  const point = text === null ? undefined : entryPointsOf(text).find(({ name }) => name === entry);
  const known = manifest?.commands.find(({ name }) => name === plainName(entry));
  if (point === undefined) {
    if (known !== undefined && values.size === 0) return { commands: [known], noun: "its entry point" };
    return scriptEntry(entry, folder, values);
  }
  const filled = entryLine(point, values);
  if (filled.missing.length > 0 || manifest === undefined) return null;
  const parts = { name: plainName(entry), run: filled.line, cwd: folder };
  const location = { file: manifest.path, line: point.line };
  return {
    commands: [makeCommand({ ...parts, kind: kindOfLine(filled.line), location })],
    noun: "its entry point",
  };
}

/** An entry point that no MLproject names is a script of the project's. */
function scriptEntry(entry: string, folder: string, values: ReadonlyMap<string, string>): Found | null {
  const program = entry.endsWith(".py") ? "python" : entry.endsWith(".sh") ? "bash" : null;
  if (program === null) return null;
  const given = [...values].map(([name, value]) => ` --${name} ${shellQuote(value)}`).join("");
  const run = `${program} ${shellQuote(entry)}${given}`;
  const command = makeCommand({ name: plainName(entry), kind: "run", run, cwd: folder, location: null });
  return { commands: [command], noun: "the script" };
}

/** `just NAME a b`: the recipe with its arguments, what it needs before it; the first recipe where none is named. */
export function launchedRecipe(launch: Launch): Found | null {
  const { options, rest } = launchWords(
    launch.words.slice(1),
    /^(?:-f|-d|--justfile|--working-directory|--set)$/u,
    true,
  );
  const [manifest] = manifestsIn(launch, launch.cwd, ["justfile"]);
  if (options.length > 0 || manifest === undefined) return null;
  const [name, ...values] = rest;
  const text = launch.readFile(manifest.path);
  const justfile = text === null ? null : parseJustfile(text);
  if (justfile === null) {
    const known = manifest.commands.find((command) => command.name === name);
    return known === undefined || values.length > 0
      ? null
      : { commands: [...before(known, manifest.commands), known], noun: "the recipe" };
  }
  const wanted = name === undefined ? justfile.recipes[0]?.name : (justfile.aliases.get(name) ?? name);
  const lines = new Map<string, Command>();
  for (const recipe of justfile.recipes) {
    const run = recipeLine(justfile, recipe, recipe.name === wanted ? values : []);
    if (run === null || run === "") continue;
    const location = { file: manifest.path, line: recipe.line };
    const parts = { name: recipe.name, run, cwd: launch.cwd, needs: recipe.needs };
    lines.set(recipe.name, makeCommand({ ...parts, kind: kindOfLine(run), location }));
  }
  const recipe = justfile.recipes.find((candidate) => candidate.name === wanted);
  if (recipe === undefined) return null;
  const needed = recipe.needs.flatMap((need) => {
    const command = lines.get(need);
    return command === undefined ? [] : [...before(command, [...lines.values()]), command];
  });
  const itself = lines.get(recipe.name);
  if (itself === undefined && (recipe.body.length > 0 || needed.length === 0)) return null;
  return {
    commands: [...new Set([...needed, ...(itself === undefined ? [] : [itself])])],
    noun: "the recipe",
  };
}
