import { parse } from "smol-toml";
import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import type { LockContent } from "../artifact.ts";

/** One format of lock: how it is known by its name, and read down to its artifacts. */
export interface LockFormat {
  /** The name of its file where it has but one. */
  readonly id: "pylock.toml" | "uv.lock" | "poetry.lock" | "pdm.lock" | "Pipfile.lock" | "requirements.txt";
  /** Takes the file's name without its folders. */
  readonly matches: (name: string) => boolean;
  /** `declared`: what the project runs with, for formats that do not say which packages are for development alone. */
  readonly read: (text: string, path: string, declared: readonly Requirement[]) => LockContent;
}

export function defineLockFormat(format: LockFormat): LockFormat {
  return format;
}

export type Table = Readonly<Record<string, unknown>>;

export const asTable = (value: unknown): Table | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : null;
export const asText = (value: unknown): string => (typeof value === "string" ? value : "");
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asTables = (value: unknown): readonly Table[] =>
  asList(value)
    .map(asTable)
    .filter((table) => table !== null);

/** The digest of "sha256:..." in hex; "" for other algorithms. */
export const sha256Of = (hash: unknown): string =>
  /^sha256:([0-9a-f]{64})$/iu.exec(asText(hash))?.[1]?.toLowerCase() ?? "";

export const emptyLock: LockContent = { requiresPython: null, environments: [], artifacts: [], findings: [] };

/** A lock in TOML as a table, or the finding lock-invalid; never throws. */
export function parseLock(text: string, path: string): { readonly root: Table } | LockContent {
  try {
    return { root: parse(text) as Table };
  } catch (error) {
    const line = (error as { line?: number }).line ?? 1;
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { ...emptyLock, findings: [invalidLock(path, said, line)] };
  }
}

export function invalidLock(path: string, said: string, line: number): Finding {
  return makeFinding("lock-invalid", "error", `${path} is no valid lock: ${said}.`, {
    file: path,
    line,
    why: "Installers refuse it, so that nobody can install from it.",
    fix: "Lock anew: rung lock",
  });
}

/** Lines of texts, by looking for them: readers that keep positions are several times slower on large locks. */
export function lineFinder(text: string): {
  /** Of the first place behind the last that was found. */
  readonly next: (part: string) => number;
  /** Of the first place at or below a line; that line where there is none. */
  readonly of: (part: string, from: number) => number;
} {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  let last = 0;
  return {
    next(part) {
      const found = text.indexOf(part, last);
      if (found === -1) return lineAt(last);
      last = found + 1;
      return lineAt(found);
    },
    of(part, from) {
      const found = part === "" ? -1 : text.indexOf(part, starts[from - 1] ?? 0);
      return found === -1 ? from : lineAt(found);
    },
  };
}
