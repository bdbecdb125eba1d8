import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunRequest, RunResult } from "./request.ts";
import { executedNotebook, runSampleNotebook, type Cell } from "./sample-notebook.ts";
import { bareEnvironment, makeSample, type Sample } from "./sample-request.ts";
import { sampleTools } from "./sample-tools.ts";

const tools = sampleTools();

let sample: Sample;
beforeEach(() => {
  sample = makeSample();
});
afterEach(() => sample.remove());

const run = (
  cells: readonly Cell[],
  more: Partial<RunRequest> = {},
  command: Partial<RunRequest["command"]> = {},
): Promise<RunResult> =>
  runSampleNotebook(sample, cells, { ...(tools === null ? {} : { tools }), ...more }, command);

describe.skipIf(tools === null)("a kernel (needs a package index once)", () => {
  /** A Python whose interpreter starts, for the kernel, by this line of shell; "$count" says how often it did. */
  function withKernels(line: string): Pick<RunRequest, "environment"> {
    const environment = bareEnvironment();
    const python = path.join(sample.folder, "python");
    const count = `n=$(cat ${sample.folder}/n 2>/dev/null || echo 0); n=$((n + 1)); echo $n > ${sample.folder}/n`;
    const kernel = `case "$*" in *kernel_bootstrap.py*) ${count}; ${line} ;; esac`;
    fs.writeFileSync(
      python,
      `#!/bin/sh\nREAL=${environment.interpreter.executable}\n${kernel}\nexec ${environment.interpreter.executable} "$@"\n`,
    );
    fs.chmodSync(python, 0o755);
    return {
      environment: { ...environment, interpreter: { ...environment.interpreter, executable: python } },
    };
  }

  it.each(["[ $n -gt 2 ] || kill -9 $$", '[ $n -gt 1 ] || { "$REAL" "$@" & sleep 1; kill -9 $!; exit 1; }'])(
    "starts another kernel where one does not start: %s",
    async (line) => {
      const control = { random: 0 };
      const cells = [{ source: "import random; print(random.random())" }];
      const usual = await run(cells, { conditions: { control } });
      const result = await run(cells, { ...withKernels(line), conditions: { control } });
      expect(result).toMatchObject({ cutShort: null, run: { exitCode: 0, errorTail: "" } });
      // It draws as the first one would have.
      const text = executedNotebook(sample, usual).cells[0]?.outputs[0]?.text;
      expect(executedNotebook(sample, result).cells[0]).toMatchObject({
        execution_count: 1,
        outputs: [{ text }],
      });
    },
  );

  it.each([
    ["kill -9 $$", 3, "it was killed, as where the memory runs out"],
    ["exec sleep 60", 1, "no kernel started in time"],
    ["echo 'no module of mine' >&2; exit 1", 3, null],
  ])("says whether the machine may be why no kernel starts: %s", async (line, kernels, cutShort) => {
    const more = withKernels(line);
    const result = await run([{ source: "1" }], more, { timeoutSeconds: 8 });
    expect(result).toMatchObject({ cutShort, run: { exitCode: 1, timedOut: false } });
    expect(fs.readFileSync(path.join(sample.folder, "n"), "utf8")).toBe(`${kernels}\n`);
    if (cutShort === null) expect(result.run.errorTail).toContain("no module of mine");
  });

  it("says that a cell's kernel was killed", async () => {
    const result = await run([{ source: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)" }]);
    expect(result.cutShort).toBe("it was killed, as where the memory runs out");
  });
});
