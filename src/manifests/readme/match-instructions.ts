import type { Command } from "../../model/index.ts";
import { splitSegments } from "../shell/shell-words.ts";
import { readInstructions, type Instructions } from "./read-instructions.ts";
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
  const told = new Set(
    [...instructions.runs, ...instructions.steps].flatMap((run) => [keyOf(run), ...partsOf(run)]),
  );
  const lines = new Set(instructions.lines.map(({ text }) => squeeze(text)));
  const named = commands.filter(
    (command) => [...(wanted.get(command) ?? [])].some((key) => told.has(key)) || isSaid(command, lines),
  );
  const isKnown = (step: Command): boolean => {
    if (known.has(keyOf(step))) return true;
    const parts = partsOf(step);
    return parts.length > 0 && parts.every((part) => known.has(part));
  };
  return { named, strange: instructions.steps.filter((step) => !isKnown(step)) };
}

/** Whether a line of the document is the command's own. */
function isSaid(command: Command, lines: ReadonlySet<string>): boolean {
  if (lines.has(squeeze(shellLine(command)))) return true;
  const isPlain = command.cwd === "." && Object.keys(command.env).length === 0;
  return isPlain && lines.has(squeeze(command.run));
}

/** What a command is known by: its own fields, and what its line says when it is read as an instruction. */
function keysOf(command: Command, defaultTarget: string | null): ReadonlySet<string> {
  const { steps, install } = readInstructions("", ["```sh", shellLine(command), "```"].join("\n"));
  const keys = new Set([keyOf(command)]);
  const [only] = steps;
  // A line that does more than its one step (python a.py && echo done > b) is not named by that step alone.
  const acts = partsOf(command).filter((part) => !part.includes('"cd '));
  if (only !== undefined && steps.length === 1 && acts.length - install.length < 2) keys.add(keyOf(only));
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
