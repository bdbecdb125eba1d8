import type { Console } from "./console.ts";

export interface OptionDefinition {
  /** As commander writes it: "--min <level>". */
  readonly flags: string;
  readonly description: string;
  /** Rung's own use of itself: neither the help nor a completion shows it. */
  readonly hidden?: true;
}

/** What a command gets: its words, its options by camel-cased name, and where to print. */
export interface Invocation {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** What stood behind "--". */
  readonly rest: readonly string[];
  readonly console: Console;
  /** All commands, for those that speak of them. */
  readonly commands: readonly CommandEntry[];
}

/** One command of the line: it parses, calls one operation, and prints. Returns the exit code. */
export interface CommandDefinition {
  /** As it is called: "archive", or "image diff" for one below another. */
  readonly name: string;
  /** As commander writes them: "[level] [dir]". */
  readonly arguments: string;
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly string[];
  /** False where it prints no JSON; it is then not offered. */
  readonly json: boolean;
  /** Commands below this one, by the first word behind its name; a folder of such a name is "./diff". */
  readonly subcommands?: readonly CommandEntry[];
  run(invocation: Invocation): Promise<number>;
}

export function defineCommand(command: CommandDefinition): CommandDefinition {
  return command;
}

/** What `rung --help` lists: names and summaries, each command's module loaded only when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandDefinition>;
}
