import { Command, CommanderError, Option } from "commander";
import { ToolError } from "../model/index.ts";
import { printable, renderJson } from "../report/index.ts";
import { commands } from "./commands.ts";
import { openConsole, type Console } from "./console.ts";
import type { CommandDefinition, CommandEntry } from "./define-command.ts";
import { exitCodes } from "./exit-codes.ts";
import { version } from "./version.ts";

/** Runs one command line (without node and script). Returns the exit code; only bugs are thrown. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const [first] = argv;
  if (first === "--version" || first === "-V") return print(`rung ${version()}\n`);
  if (first === "--help" || first === "-h") return help(undefined);
  if (first === "help") return help(argv[1]);
  const entry = commands.find((command) => command.name === first);
  const isDefault = first === undefined || first.startsWith("-") || isFolder(first);
  if (entry === undefined && !isDefault) return unknownCommand(first);
  return invoke(entry ?? firstCommand(), entry === undefined ? argv : argv.slice(1));
}

function isFolder(word: string): boolean {
  return word === "." || word === ".." || word.includes("/");
}

function firstCommand(): CommandEntry {
  const [entry] = commands;
  if (entry === undefined) throw new Error("no command is defined");
  return entry;
}

async function invoke(entry: CommandEntry, argv: readonly string[]): Promise<number> {
  const separator = argv.indexOf("--");
  const own = separator < 0 ? argv : argv.slice(0, separator);
  const rest = separator < 0 ? [] : argv.slice(separator + 1);
  const definition = await entry.load();
  const inner = definition.subcommands?.find(({ name }) => name === own[0]);
  if (inner !== undefined) return invoke(inner, argv.slice(1));
  const parser = parserFor(definition, entry.summary);
  try {
    parser.parse(own, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.met : exitCodes.usage;
    throw error;
  }
  const options = parser.opts<Record<string, unknown>>();
  const console = openConsole({ json: options["json"] === true, quiet: options["quiet"] === true });
  try {
    const code = await definition.run({ words: parser.args, options, rest, console, commands });
    console.endProgress();
    return code;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return reportToolError(error, console);
  }
}

/** The commander parser of one command: arguments, options, help with examples. */
export function parserFor(definition: CommandDefinition, summary: string): Command {
  const parser = new Command(`rung ${definition.name}`).description(summary).exitOverride();
  parser.configureHelp({ showGlobalOptions: false }).showSuggestionAfterError(true);
  if (definition.arguments !== "") parser.arguments(definition.arguments);
  for (const { flags, description, hidden } of definition.options)
    parser.addOption(new Option(flags, description).hideHelp(hidden === true));
  if (definition.json) parser.option("--json", "print the result as JSON");
  parser.option("--quiet", "no progress on standard error");
  if (definition.subcommands !== undefined) {
    const lines = definition.subcommands.map(({ name, summary }) => `  ${name.padEnd(8)}  ${summary}`);
    parser.addHelpText("after", `\nCommands below it:\n${lines.join("\n")}`);
  }
  parser.addHelpText("after", `\nExamples:\n${definition.examples.map((line) => `  $ ${line}`).join("\n")}`);
  return parser;
}

function reportToolError(error: ToolError, console: Console): number {
  console.endProgress();
  if (console.json) {
    const { code, message, hint, location } = error;
    console.print(renderJson({ error: { code, message, hint: hint ?? null, location: location ?? null } }));
  }
  process.stderr.write(printable(`rung: ${placeBefore(error)}${error.message}  [${error.code}]\n`));
  if (error.hint !== undefined) process.stderr.write(printable(`  hint: ${error.hint}\n`));
  return error.code === "USAGE" ? exitCodes.usage : exitCodes.toolError;
}

/** "file: " or "file:line: "; nothing where the message names the file itself and there is no line to add. */
function placeBefore({ location, message }: ToolError): string {
  if (location === undefined) return "";
  if (location.line !== undefined) return `${location.file}:${location.line}: `;
  return message.includes(location.file) ? "" : `${location.file}: `;
}

async function help(name: string | undefined): Promise<number> {
  const entry = commands.find((command) => command.name === name);
  if (entry !== undefined) return invoke(entry, ["--help"]);
  if (name !== undefined) return unknownCommand(name);
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return print(
    `rung: how reproducible is this Python project, and how does it get to the level it needs?\n\n` +
      `Usage: rung [command] [options]\n\nCommands:\n${lines.join("\n")}\n\n` +
      `"rung COMMAND --help" shows a command's options, with examples.\n` +
      `Exit codes: 0 met, 1 unmet, 2 usage, 3 the project's command failed, 4 unknown, 5 error, 70 bug, 130 interrupted.\n`,
  );
}

function unknownCommand(word: string): number {
  const near = commands.find((command) => command.name.startsWith(word.slice(0, 2)));
  process.stderr.write(
    `rung: unknown command "${printable(word)}"${near === undefined ? "" : `; did you mean "${near.name}"?`}\n`,
  );
  process.stderr.write('  hint: "rung --help" lists the commands.\n');
  return exitCodes.usage;
}

function print(text: string): number {
  process.stdout.write(text);
  return exitCodes.met;
}
