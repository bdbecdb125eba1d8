import type { Command } from "../../model/index.ts";
import { quote } from "../toml/quote.ts";
import { defaultTimeoutSeconds } from "../shell/make-command.ts";

/** What `rung init` knows of a project. */
export interface ConfigDraft {
  readonly name: string | null;
  /** "3.11", "3.11.7" or a specifier. */
  readonly python: string | null;
  readonly target: number;
  readonly commands: readonly Command[];
}

/** A rung.toml with the draft's content and a line on what each part means; read again it gives the same commands. */
export function writeConfig(draft: ConfigDraft): string {
  const names = tableNames(draft.commands);
  const head = [
    "# How this project is run and proved, for Rung (https://toml.io tells the syntax).",
    "# The level to reach: 0 repeatable here, 1 by others, 2 by anyone today, 3 for as long as the index serves the lock.",
    `target = ${draft.target}`,
  ];
  if (draft.python !== null) head.push("# The Python that it runs with.", `python = ${quote(draft.python)}`);
  if (draft.name !== null) head.push("", "[project]", `name = ${quote(draft.name)}`);
  const commands = draft.commands.map((command) => commandTable(command, names));
  const none = [
    "# No command was found. One looks like this:",
    "# [commands.analysis]",
    '# run = "python analysis.py"',
  ];
  return [...head, ...(commands.length === 0 ? ["", ...none] : commands.flat()), ""].join("\n");
}

/** Names that a config accepts, each once. */
function tableNames(commands: readonly Command[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name } of commands) {
    const clean = name.replaceAll(/[^A-Za-z0-9_.-]+/gu, "-").replace(/^[^A-Za-z0-9]+/u, "") || "command";
    let unique = clean;
    for (let count = 2; taken.has(unique); count++) unique = `${clean}-${count}`;
    taken.add(unique);
    if (!names.has(name)) names.set(name, unique);
  }
  return names;
}

function commandTable(command: Command, names: ReadonlyMap<string, string>): readonly string[] {
  const name = names.get(command.name) ?? command.name;
  const found = command.location;
  const place = found === null ? "" : ` in ${found.file}${found.line === null ? "" : `:${found.line}`}`;
  const how = { declared: "declared", found: "found", guessed: "guessed from the code; check it" }[
    command.origin
  ];
  const needs = command.needs.map((need) => names.get(need) ?? need);
  const lines = [
    "",
    `# ${oneLine(`${how}${place}`)}`,
    `[commands.${/^[\w-]+$/u.test(name) ? name : quote(name)}]`,
    `${command.kind} = ${quote(command.run)}`,
  ];
  if (command.cwd !== "." && command.cwd !== "") lines.push(`cwd = ${quote(command.cwd)}`);
  if (Object.keys(command.env).length > 0) lines.push(`env = ${inlineTable(command.env)}`);
  if (command.timeoutSeconds !== defaultTimeoutSeconds) lines.push(`timeout = ${command.timeoutSeconds}`);
  if (needs.length > 0) lines.push(`needs = ${list(needs)}`);
  if (command.outputs.length > 0) lines.push(`outputs = ${list(command.outputs)}`);
  if (command.network) lines.push("network = true");
  if (command.fallback !== null)
    lines.push(`fallback = ${quote(names.get(command.fallback) ?? command.fallback)}`);
  return lines;
}

const list = (values: readonly string[]): string => `[${values.map((value) => quote(value)).join(", ")}]`;

function inlineTable(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(([key, value]) => `${quote(key)} = ${quote(value)}`);
  return `{ ${entries.join(", ")} }`;
}

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, " ");
