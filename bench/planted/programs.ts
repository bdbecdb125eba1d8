/** The planted programs and what is known of them. */
import fs from "node:fs";
import path from "node:path";
import type { CauseKind } from "../../src/model/index.ts";

/** A line at which something that is not controlled comes into a program. In a notebook it counts within the cell, and
 *  `cell` counts code cells from 1. */
export interface Place {
  readonly kind: CauseKind;
  readonly file: string;
  readonly line: number;
  readonly cell?: number;
}

export interface Program {
  /** Its folder below bench/planted: KIND/NAME, pairs/NAME or sound/NAME. */
  readonly name: string;
  readonly root: string;
  readonly causes: readonly Place[];
  /** "why": two runs one after the other differ; "shake": only another machine or setting shows it. */
  readonly seen?: "why" | "shake";
}

/** The programs whose name or kind starts with one of `only`; all where it is empty. */
export function plantedPrograms(only: readonly string[] = []): readonly Program[] {
  const folder = import.meta.dirname;
  return fs
    .globSync("*/*/truth.json", { cwd: folder })
    .map((file) => path.dirname(file))
    .filter((name) => only.length === 0 || only.some((start) => name.startsWith(start)))
    .sort()
    .map((name) => {
      const root = path.join(folder, name);
      const text = fs.readFileSync(path.join(root, "truth.json"), "utf8");
      return { name, root, ...(JSON.parse(text) as Omit<Program, "name" | "root">) };
    });
}
