import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { CodeBase } from "./code-base.ts";
import { readCodeBase } from "./read-code-base.ts";

/** For tests: a folder with these files, relative to it. It goes after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-code-"));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

/** For tests: the project that a folder with these files is, with its sources. */
export async function codeWith(files: Readonly<Record<string, string>>): Promise<CodeBase> {
  return await readCodeBase(folderWith(files));
}
