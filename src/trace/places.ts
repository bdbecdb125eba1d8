import { posix } from "node:path";
import type { CodePlace } from "../model/index.ts";
import type { RunRequest, RunResult } from "../sandbox/index.ts";
import { joinPath, lookUp, readText } from "../system/index.ts";
import type { TraceEvent } from "./event.ts";

/** A frame's file and line as a place in the project; null where there is none. */
export interface Places {
  (at: TraceEvent["at"]): CodePlace | null;
  /** The line imports: what happens there is what a library does while it is loaded. */
  isImport(at: TraceEvent["at"]): boolean;
}

const notebookLimitBytes = 64 << 20;

/**
 * Places of one run: files relative to the root, and `cell:N`, the N-th cell that the kernel executed, as the number of
 * that cell among the notebook's code cells (blank ones are not executed).
 */
export function placesOf(request: RunRequest, result: RunResult): Places {
  const { command } = request;
  const cells = command.kind === "notebook" ? executedCells(joinPath(request.tree, command.run)) : [];
  const known = new Map<string, Known>();
  const find = (file: string): Known => {
    const cell = /^cell:(\d{1,7})$/u.exec(file)?.[1];
    if (cell !== undefined) {
      const one = cells[Number(cell) - 1];
      if (one === undefined) return nowhere;
      return { file: joinPath(command.run), cell: one.number, lines: once(() => one.source) };
    }
    const path = posix.normalize(file);
    if (!path.startsWith(`${result.treeInside}/`)) return nowhere;
    const relative = path.slice(result.treeInside.length + 1);
    return { file: relative, cell: null, lines: once(() => sourceIn(joinPath(result.tree, relative))) };
  };
  const look = (file: string): Known => {
    let found = known.get(file);
    if (found === undefined) {
      found = find(file);
      if (known.size < 10_000) known.set(file, found);
    }
    return found;
  };
  const place = (at: TraceEvent["at"]): CodePlace | null => {
    if (at === null) return null;
    const { file, cell } = look(at[0]);
    return file === null ? null : { file, line: at[1], cell };
  };
  const isImport = (at: TraceEvent["at"]): boolean =>
    at !== null && /^[ \t]*(?:import|from)[ \t]/u.test(look(at[0]).lines()[at[1] - 1] ?? "");
  return Object.assign(place, { isImport });
}

interface Known {
  readonly file: string | null;
  readonly cell: number | null;
  readonly lines: () => readonly string[];
}

const nowhere: Known = { file: null, cell: null, lines: () => [] };

function once(text: () => string): () => readonly string[] {
  let lines: readonly string[] | undefined;
  return () => (lines ??= text().split("\n"));
}

/** The text of a source file; "" where it is gone, or too large to be one. */
function sourceIn(file: string): string {
  const found = lookUp(file);
  if (found === null || !found.isFile || found.size > 4 << 20) return "";
  try {
    return readText(file);
  } catch {
    return "";
  }
}

interface ExecutedCell {
  /** Among the code cells, from 1. */
  readonly number: number;
  readonly source: string;
}

/** The cells that a kernel executes, in order. Unreadable notebooks have none. */
function executedCells(file: string): readonly ExecutedCell[] {
  const found = lookUp(file);
  if (found === null || found.size > notebookLimitBytes) return [];
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch {
    return [];
  }
  const cells = listOf(value, "cells");
  const all =
    cells.length > 0 ? cells : listOf(value, "worksheets").flatMap((sheet) => listOf(sheet, "cells"));
  const code = all.filter((cell) => fieldOf(cell, "cell_type") === "code");
  return code.flatMap((cell, index) => {
    const stored = fieldOf(cell, "source") ?? fieldOf(cell, "input");
    const source = Array.isArray(stored) ? stored.join("") : stored;
    return typeof source !== "string" || source.trim() === "" ? [] : [{ number: index + 1, source }];
  });
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
