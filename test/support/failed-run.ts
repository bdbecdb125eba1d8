import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readFailedRun, type FailedRun } from "../../src/diagnose/index.ts";
import { makeCommand } from "../../src/manifests/index.ts";
import type { Command, Run } from "../../src/model/index.ts";
import { discoverProject } from "../../src/project/index.ts";
import { sampleRun } from "../../src/sandbox/sample-request.ts";
import { createSourceReader } from "../../src/source/index.ts";
import { projectWith } from "./cli.ts";

/** A failed run of a project with these files: as if the command had ended with this text on standard error. */
export async function failedRun(
  files: Readonly<Record<string, string>>,
  command: Partial<Command> & Pick<Command, "run">,
  text: string,
): Promise<FailedRun & { [Symbol.dispose](): void }> {
  const made = projectWith(files);
  const cache = fs.mkdtempSync(path.join(os.tmpdir(), "rung-facts-"));
  const reader = createSourceReader({ cacheDirectory: cache, workers: 0 });
  try {
    const { project, sources } = await discoverProject(made.root, (root, entries) =>
      reader.read(
        root,
        entries
          .filter((entry) => /\.(?:py|ipynb)$/u.test(entry.path))
          .map((entry) => ({ path: entry.path, size: entry.size, digest: entry.path })),
      ),
    );
    const whole = makeCommand({ name: "main", kind: "run", location: null, ...command });
    const failed = readFailedRun(endedWith(whole, text), whole, text, { project, sources });
    return { ...failed, [Symbol.dispose]: () => made[Symbol.dispose]() };
  } finally {
    await reader.close();
    fs.rmSync(cache, { recursive: true, force: true });
  }
}

function endedWith({ name, kind }: Command, errorTail: string): Run {
  const isolation = { kind: "none", scope: "room", network: false, description: "" } as const;
  return sampleRun({ command: name, kind, exitCode: 1, errorTail, isolation });
}

/** A traceback as Python prints it in a clean room. */
export function traceback(file: string, line: number, source: string, error: string): string {
  return `Traceback (most recent call last):\n  File "/home/room/project/${file}", line ${line}, in <module>\n    ${source}\n${error}\n`;
}
