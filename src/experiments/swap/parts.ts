import type { Circumstances, Run } from "../../model/index.ts";
import { isCode, readTree, type TreeItem } from "../../records/index.ts";
import type { Store } from "../../store/index.ts";
import { shellLine } from "../../system/index.ts";

export type PartKind = "code" | "data" | "lock" | "parameters" | "variables";

/** One thing in which two recorded runs differ, and which can be swapped by itself. */
export interface Part {
  /** "file:data/raw.csv", "package:numpy", "python", "variable:SCALE", "line", "words", "seed", "forceSeed", "cwd". */
  readonly id: string;
  readonly kind: PartKind;
  /** What it was in either run, in words: "numpy 1.26.4 → 2.0.1". */
  readonly text: string;
}

/** A recorded run with what it was made from. */
export interface Recorded {
  readonly run: Run;
  readonly from: Circumstances;
  readonly tree: ReadonlyMap<string, TreeItem>;
}

export function recorded(run: Run, from: Circumstances, store: Pick<Store, "blobs">): Recorded {
  return { run, from, tree: new Map(readTree(store, from.tree).map((item) => [item.path, item])) };
}

/**
 * Everything in which two recorded runs of a command differ. Of the files those that either run is known to have read,
 * and all of the code; `unread` are the others.
 */
export function differingParts(
  one: Recorded,
  other: Recorded,
): { readonly parts: readonly Part[]; readonly unread: readonly string[] } {
  const read = new Set([...one.from.inputs, ...other.from.inputs].map(({ path }) => path));
  const paths = [...new Set([...one.tree.keys(), ...other.tree.keys()])].sort();
  const changed = paths.filter((path) => !sameItem(one.tree.get(path), other.tree.get(path)));
  // What a run writes itself is another at the start of the next one.
  const made = new Set([...one.run.outputs, ...other.run.outputs].map(({ path }) => path));
  const files = changed.filter((path) => read.has(path));
  return {
    parts: [
      ...files.map((path): Part => filePart(path, one, other)),
      ...pythonPart(one.run, other.run),
      ...environmentParts(one.from, other.from),
      ...parameterParts(one.from, other.from),
      ...variableParts(one.from, other.from),
    ],
    unread: changed.filter((path) => !read.has(path) && !made.has(path)),
  };
}

function sameItem(a: TreeItem | undefined, b: TreeItem | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.digest === b.digest && a.kind === b.kind && (a.mode & 0o111) === (b.mode & 0o111);
}

function filePart(path: string, one: Recorded, other: Recorded): Part {
  const gone = !other.tree.has(path) ? " (gone)" : one.tree.has(path) ? "" : " (new)";
  return { id: `file:${path}`, kind: isCode(path) ? "code" : "data", text: `${path}${gone}` };
}

function pythonPart({ python: before }: Run, { python: after }: Run): readonly Part[] {
  return before === after ? [] : [{ id: "python", kind: "lock", text: `Python ${before} → ${after}` }];
}

function environmentParts(one: Circumstances, other: Circumstances): readonly Part[] {
  const before = one.environment.packages;
  const after = other.environment.packages;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      id: `package:${name}`,
      kind: "lock",
      text: `${name} ${before[name] ?? "(absent)"} → ${after[name] ?? "(absent)"}`,
    }));
}

function parameterParts(one: Circumstances, other: Circumstances): readonly Part[] {
  const seedText = ({ seed }: Circumstances): string => (seed === null ? "no --seed" : `--seed ${seed}`);
  const wordsText = ({ words }: Circumstances): string =>
    words.length === 0 ? "no words" : `-- ${shellLine(words)}`;
  const forced = ({ forceSeed }: Circumstances): string => (forceSeed ? "--force-seed" : "none forced");
  const all: readonly (readonly [string, string, string])[] = [
    ["line", one.line, other.line],
    ["cwd", one.cwd, other.cwd],
    ["words", wordsText(one), wordsText(other)],
    ["seed", seedText(one), seedText(other)],
    ["forceSeed", forced(one), forced(other)],
  ];
  return all
    .filter(([, before, after]) => before !== after)
    .map(([id, before, after]) => ({ id, kind: "parameters", text: `${before} → ${after}` }));
}

function variableParts(one: Circumstances, other: Circumstances): readonly Part[] {
  const [before, after] = [variablesOf(one), variablesOf(other)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({
      id: `variable:${name}`,
      kind: "variables",
      text: `${name} ${before.get(name) ?? "(unset)"} → ${after.get(name) ?? "(unset)"}`,
    }));
}

/** A run's declared variables and its command's own, which win. A secret's value is not known. */
function variablesOf({ variables, env }: Circumstances): ReadonlyMap<string, string> {
  const declared = variables.map(({ name, value }) => [name, value ?? "(set)"] as const);
  return new Map([...declared, ...Object.entries(env)]);
}
