import { isExecutable, type Comparison, type CompareRule, type Output } from "../model/index.ts";
import { different, identical, type Outcome } from "./comparator.ts";
import { compareBy, compareFile, type Settings } from "./content.ts";
import { bytes } from "./kinds/bytes.ts";
import { consoleText } from "./kinds/console.ts";
import { notebook } from "./kinds/notebook.ts";
import { text } from "./kinds/text.ts";
import { compareNotebookCells } from "./notebook-cells.ts";
import { ruleFor } from "./rules.ts";
import { tolerancesOf } from "./tolerance.ts";

export interface CompareContext {
  readonly command: string;
  /** The content that a digest names. */
  readonly read: (digest: string) => Uint8Array;
  readonly rules: readonly CompareRule[];
  /** Folders made for one of the runs; normalised in console and notebook text. */
  readonly workPaths?: readonly string[];
}

/**
 * Compares what two runs of one command left, paired by kind and path, in order of kind and path. An output that only
 * one run left is different; outputs that a rule ignores are left out. A notebook gives one comparison for each code
 * cell that printed anything. Contents of one digest are not read.
 */
export async function compareOutputs(
  before: readonly Output[],
  after: readonly Output[],
  context: CompareContext,
): Promise<readonly Comparison[]> {
  const [left, right] = [byKey(before), byKey(after)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  const comparisons: Comparison[] = [];
  for (const key of keys) {
    comparisons.push(...(await comparePair(left.get(key), right.get(key), context)));
  }
  return comparisons;
}

function byKey(outputs: readonly Output[]): ReadonlyMap<string, Output> {
  return new Map(outputs.map((output) => [`${output.kind}\0${output.path}`, output]));
}

async function comparePair(
  one: Output | undefined,
  other: Output | undefined,
  context: CompareContext,
): Promise<readonly Comparison[]> {
  const output = one ?? other;
  if (output === undefined) return [];
  const rule = ruleFor(ruleName(output, context.command), context.rules);
  if (rule?.ignore === true && output.kind !== "exit") return [];
  const name = nameOf(output, context.command);
  const asComparison = (outcome: Outcome, of = name): Comparison => ({
    output: of,
    command: context.command,
    ...outcome,
  });
  const outside = compareStates(one, other);
  if (outside !== null) return [asComparison(outside)];
  if (one === undefined || other === undefined || one.digest === null || other.digest === null) {
    return [asComparison({ ...identical, comparator: bytes.id })];
  }
  if (one.digest === other.digest) return [asComparison({ ...identical, comparator: comparatorOf(output) })];
  const settings = { tolerances: tolerancesOf(rule), workPaths: context.workPaths ?? [] };
  const [left, right] = [context.read(one.digest), context.read(other.digest)];
  if (output.kind === "notebook") {
    const cells = await compareNotebookCells(output.path, left, right, settings, "run");
    if (cells !== null)
      return cells.map(({ cell, outcome }) => asComparison(outcome, `${name} cell ${cell}`));
  }
  return [asComparison(await compareContents(output, left, right, settings))];
}

/** How a rule of rung.toml names an output. */
export function ruleName({ kind, path }: Output, command: string): string {
  return kind === "stdout" || kind === "exit" ? `${kind}:${command}` : path || command;
}

/** How a comparison names an output. */
export function nameOf({ kind, path }: Output, command: string): string {
  if (kind === "notebook") return `notebook ${path || command}`;
  return kind === "file" ? path : kind;
}

function comparatorOf({ kind }: Output): string {
  return kind === "stdout" ? consoleText.id : kind === "notebook" ? notebook.id : bytes.id;
}

/** What differs before the contents are looked at: there or not, link or file, executable or not. */
function compareStates(one: Output | undefined, other: Output | undefined): Outcome | null {
  const places = [
    { where: "state", before: stateOf(one), after: stateOf(other) },
    { where: "kind of file", before: linkOf(one), after: linkOf(other) },
    { where: "mode", before: modeOf(one), after: modeOf(other) },
  ].filter(({ before, after }) => before !== after);
  const [first] = places;
  if (first === undefined) return null;
  // A file that one run only wrote again as it was is the same in both trees.
  const rewritten = (one === undefined ? other : one)?.change === "rewritten";
  if ((one === undefined || other === undefined) && rewritten) return null;
  return { ...different(first.where === "state" ? [first] : places), comparator: bytes.id };
}

function stateOf(output: Output | undefined): string {
  if (output === undefined) return "(not left by this run)";
  return output.digest === null ? "(deleted)" : "(there)";
}

function linkOf(output: Output | undefined): string {
  return output?.symlink === true ? "symbolic link" : "regular file";
}

function modeOf(output: Output | undefined): string {
  if (output === undefined || output.digest === null || output.kind !== "file" || output.symlink) return "";
  return isExecutable(output.mode) ? "executable" : "not executable";
}

function compareContents(
  output: Output,
  left: Uint8Array,
  right: Uint8Array,
  settings: Settings,
): Promise<Outcome> {
  if (output.kind === "stdout") return compareBy([consoleText], output.path, left, right, settings);
  if (output.kind === "exit" || output.symlink) {
    return compareBy([text, bytes], output.path, left, right, { ...settings, tolerances: [] });
  }
  if (output.kind === "notebook") return compareBy([notebook], output.path, left, right, settings);
  return compareFile(output.path, left, right, settings);
}
