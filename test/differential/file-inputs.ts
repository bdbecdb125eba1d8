import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";

import { seed } from "./combine.ts";

/** Lines of requirement files, good and bad: all of pip's syntax, and what it refuses. */
const lines = fs
  .readFileSync(path.join(import.meta.dirname, "lines.txt"), "utf8")
  .slice(0, -1)
  .split("\n");

/** Whole requirement files, each with the files that they include: every line alone, and random ones together. */
export function requirementFiles(): readonly Readonly<Record<string, string>>[] {
  const beside = {
    "other.txt": "six\n-r sub/more.txt\n",
    "sub/more.txt": "idna==3\n",
    "limits.txt": "six<2\n-r other.txt\n",
    "pkg/setup.py": "",
    "setup.py": "",
  };
  const ends = fc.constantFrom("\n", "\n", "\r\n", "\n\n", " \\\n", "\\\n", "\r", "\f", "\n # c\n");
  const readable = lines.filter((line) => !/gone/u.test(line));
  const joint = fc
    .array(fc.tuple(fc.constantFrom(...readable), ends), { minLength: 2, maxLength: 4 })
    .map((parts) => parts.flat().join(""));
  const random = fc.sample(joint, { seed, numRuns: 300 });
  return [...lines, ...lines.map((line) => `zip-a\n${line}\nzip-b`), ...random].map((text) => ({
    ...beside,
    "requirements.txt": text,
  }));
}
