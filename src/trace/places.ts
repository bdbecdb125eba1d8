import { posix } from "node:path";
import type { CodePlace } from "../model/index.ts";
import type { RunRequest, RunResult } from "../sandbox/index.ts";
import { joinPath, lookUp, readText } from "../system/index.ts";
import type { TraceEvent } from "./event.ts";

/** A frame's file and line as a place in the project; null where there is none. */
export type Places = (at: TraceEvent["at"]) => CodePlace | null;

const notebookLimitBytes = 64 << 20;

/**
 * Places of one run: files relative to the root, and `cell:N`, the N-th cell that the kernel executed, as the number of
 * that cell among the notebook's code cells (blank ones are not executed).
 */
export function placesOf(request: RunRequest, result: RunResult): Places {
  const { command } = request;
  const executed = command.kind === "notebook" ? executedCells(joinPath(request.tree, command.run)) : [];
  const known = new Map<string, { readonly file: string; readonly cell: number | null } | null>();
  const find = (file: string): { readonly file: string; readonly cell: number | null } | null => {
    const cell = /^cell:(\d{1,7})$/u.exec(file)?.[1];
    if (cell !== undefined) {
      const number = executed[Number(cell) - 1];
      return number === undefined ? null : { file: joinPath(command.run), cell: number };
    }
    const path = posix.normalize(file);
    if (!path.startsWith(`${result.treeInside}/`)) return null;
    return { file: path.slice(result.treeInside.length + 1), cell: null };
  };
  return (at) => {
    if (at === null) return null;
    const [file, line] = at;
    let found = known.get(file);
    if (found === undefined) {
      found = find(file);
      if (known.size < 10_000) known.set(file, found);
    }
    return found === null ? null : { ...found, line };
  };
}

/** For each executed cell, in order, its number among the code cells (from 1). Unreadable notebooks have none. */
export function executedCells(file: string): readonly number[] {
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
  return code.flatMap((cell, index) =>
    isBlank(fieldOf(cell, "source") ?? fieldOf(cell, "input")) ? [] : [index + 1],
  );
}

function isBlank(source: unknown): boolean {
  const text = Array.isArray(source) ? source.join("") : source;
  return typeof text !== "string" || text.trim() === "";
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
