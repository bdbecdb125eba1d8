import type { Command, Finding } from "../../model/index.ts";
import { resolvePath } from "../manifest-format.ts";
import { isChore } from "../shell/classify.ts";
import { declareCommand, type DeclaredCommand } from "../shell/declare-command.ts";
import { plainName } from "../shell/name-command.ts";
import { shellLine } from "../../system/index.ts";
import type { TomlDocument } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";
import type { PixiPlace } from "./places.ts";

export interface PixiTasks {
  readonly places: readonly PixiPlace[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Tasks as commands; one that only names others (depends-on) is filled by those. Tasks that clean, install or serve are none. */
export function readTasks(
  path: string,
  document: TomlDocument,
  at: readonly string[],
  around: PixiTasks,
): DeclaredCommand {
  const commands = new Map<string, Command>();
  const findings: Finding[] = [];
  for (const { name, value, at: place } of tasksOf(document, at, around.places)) {
    const found = readTask(name, value, around, { file: path, line: document.lineOf(place) });
    for (const command of found.commands) commands.set(command.name, command);
    findings.push(...found.findings);
  }
  const needs = taskNeeds(document, at, around.places);
  const expanded = [...commands.values()].map((command) => ({
    ...command,
    needs: [...reachable(command.name, needs, commands)],
  }));
  return { commands: expanded, findings };
}

interface Task {
  readonly name: string;
  readonly value: unknown;
  readonly at: readonly string[];
}

/** The tasks of all tables that count on Linux. */
function tasksOf(
  document: TomlDocument,
  at: readonly string[],
  places: readonly PixiPlace[],
): readonly Task[] {
  return places
    .filter(({ marker }) => marker === null || /linux|!= "win32"/u.test(marker))
    .flatMap((place) => {
      const table = [...at, ...place.at, "tasks"];
      return Object.entries(tableAt(document.value, ...table)).map(([name, value]) => ({
        name,
        value,
        at: [...table, name],
      }));
    });
}

/** What each task waits for, by name. */
export function taskNeeds(
  document: TomlDocument,
  at: readonly string[],
  places: readonly PixiPlace[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    tasksOf(document, at, places).map(({ name, value }) => {
      const said = asTable(value);
      const waits = namesOf(said["depends-on"] ?? said["depends_on"]);
      return [plainName(name), Array.isArray(value) ? namesOf(value) : waits];
    }),
  );
}

function readTask(
  name: string,
  value: unknown,
  around: PixiTasks,
  location: { readonly file: string; readonly line: number | null },
): DeclaredCommand {
  const said = asTable(value);
  const words = asArray(said["cmd"]).filter((word) => typeof word === "string");
  const line = asText(value) ?? asText(said["cmd"]) ?? (words.length > 0 ? shellLine(words) : "");
  const filled = withArguments(line, said["args"]);
  if (filled === null || line.trim() === "" || isChore(name)) return { commands: [], findings: [] };
  const folder = resolvePath(around.cwd, asText(said["cwd"]) ?? ".");
  const own = Object.entries(asTable(said["env"])).filter((pair) => typeof pair[1] === "string");
  return declareCommand({
    name,
    run: filled.replaceAll(/\$(?:PIXI_PROJECT_ROOT\b|\{PIXI_PROJECT_ROOT\})/gu, "."),
    location,
    cwd: folder === null || folder === "" ? "." : folder,
    env: { ...around.env, ...(Object.fromEntries(own) as Record<string, string>) },
    outputs: asArray(said["outputs"]).filter((output) => typeof output === "string"),
  });
}

/** `{{ name }}` filled with each argument's default; null where one has none. */
function withArguments(line: string, args: unknown): string | null {
  const defaults = new Map(
    asArray(args).map((arg) => [
      asText(arg) ?? asText(asTable(arg)["arg"]) ?? "",
      asText(asTable(arg)["default"]),
    ]),
  );
  let complete = true;
  const filled = line.replaceAll(/\{\{\s*([\w-]{1,80})\s*\}\}/gu, (whole, name: string) => {
    const value = defaults.get(name) ?? null;
    if (value === null) complete = false;
    return value ?? whole;
  });
  return complete ? filled : null;
}

function namesOf(value: unknown): readonly string[] {
  return [value, ...asArray(value)].flatMap((entry) => {
    const name = asText(entry) ?? asText(asTable(entry)["task"]);
    return name === null ? [] : [plainName(name)];
  });
}

/** The commands that a task waits for; a task without a line of its own hands on what it waits for. */
export function reachable(
  name: string,
  needs: ReadonlyMap<string, readonly string[]>,
  commands: ReadonlyMap<string, Command>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set([name]);
  const waiting = [...(needs.get(name) ?? [])];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (commands.has(next)) found.add(next);
    else waiting.push(...(needs.get(next) ?? []));
  }
  return found;
}
