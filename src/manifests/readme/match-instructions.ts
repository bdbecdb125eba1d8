import type { Command } from "../../model/index.ts";
import { withoutWrapper } from "../shell/classify.ts";
import { splitSegments } from "../shell/shell-words.ts";
import { readInstructions, type Instructions, type InstructionStep } from "./read-instructions.ts";
import { shellLine } from "./write-instructions.ts";

export interface InstructionsMatch {
  /** The commands that the document names: by a run line of the same kind, line, folder and variables, or by code that
   *  is the command's own line and nothing else. */
  readonly named: readonly Command[];
  /** Run lines of code blocks that are none of the commands. */
  readonly strange: readonly Command[];
}

/**
 * Holds what a document says to run against the commands of the project. `defaultTarget` is what a bare `make` makes,
 * null where there is no Makefile. A line of several commands joined by && or ; names each of them.
 */
export function matchInstructions(
  instructions: Instructions,
  commands: readonly Command[],
  defaultTarget: string | null = null,
): InstructionsMatch {
  const wanted = new Map(commands.map((command) => [command, keysOf(command, defaultTarget)]));
  const known = new Set([...wanted.values()].flatMap((keys) => [...keys]));
  const ownLines = new Set(commands.flatMap((command) => linesOf(command)));
  const runs = [...instructions.runs, ...instructions.steps.map(({ command }) => command)];
  const told = new Set(runs.flatMap((run) => [keyOf(run), ...partsOf(run)]));
  const lines = new Set(instructions.lines.map(({ text }) => squeeze(text)));
  const named = commands.filter(
    (command) =>
      [...(wanted.get(command) ?? [])].some((key) => told.has(key)) ||
      linesOf(command).some((line) => lines.has(line)),
  );
  const isKnown = ({ command, text }: InstructionStep): boolean => {
    if (known.has(keyOf(command)) || (text !== null && ownLines.has(squeeze(text)))) return true;
    const parts = partsOf(command);
    return parts.length > 0 && parts.every((part) => known.has(part));
  };
  const strange = instructions.steps.filter((step) => !isKnown(step)).map(({ command }) => command);
  return { named, strange };
}

/** The lines that are this command and nothing else, typed in the project's root. */
function linesOf(command: Command): readonly string[] {
  const isPlain = command.cwd === "." && Object.keys(command.env).length === 0;
  return [squeeze(shellLine(command)), ...(isPlain ? [squeeze(command.run)] : [])];
}

/** What a command is known by: its own fields, and what its line says when all of it is read as one instruction. */
function keysOf(command: Command, defaultTarget: string | null): ReadonlySet<string> {
  const keys = new Set([keyOf(command)]);
  const line = shellLine({ ...command, run: withoutWrapper(command.run) });
  const { steps } = readInstructions("", ["```sh", line, "```"].join("\n"));
  const [only] = steps;
  if (only !== undefined && steps.length === 1 && squeeze(shellLine(only.command)) === squeeze(line))
    keys.add(keyOf(only.command));
  if (defaultTarget !== null && command.run === `make ${defaultTarget}`)
    keys.add(keyOf({ ...command, run: "make" }));
  return keys;
}

function keyOf({ kind, run, cwd, env }: Command): string {
  const isNotebook = kind === "notebook";
  const variables = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([isNotebook, squeeze(run), isNotebook || cwd === "" ? "." : cwd, variables]);
}

/** The keys of the commands that one line joins; none where it is a single one. */
function partsOf(command: Command): readonly string[] {
  const segments = command.kind === "notebook" ? [] : splitSegments(command.run);
  return segments.length < 2 ? [] : segments.map(({ text }) => keyOf({ ...command, run: text }));
}

function squeeze(text: string): string {
  return text
    .replaceAll(/\s+/gu, " ")
    .trim()
    .replaceAll(/(^|[\s;&|(])python3(?=\s)/gu, "$1python");
}
