import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { openStore } from "../store/index.ts";
import { readSubject, type Subject } from "./subject.ts";

/** For tests: the subject that a folder with these files gives. The folder goes after the test. */
export async function subjectWith(files: Readonly<Record<string, string>>): Promise<Subject> {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-subject-"));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  const store = openStore(root);
  try {
    return await readSubject(root, store);
  } finally {
    store.close();
  }
}
