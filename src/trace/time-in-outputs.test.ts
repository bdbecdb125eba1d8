import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Output, Run } from "../model/index.ts";
import { hashFile } from "../system/index.ts";
import { timeInOutputs } from "./time-in-outputs.ts";

const startedAt = "2026-03-04T05:06:07.250Z";
const run: Pick<Run, "startedAt" | "durationMs"> = { startedAt, durationMs: 1500 };
const seconds = Math.floor(Date.parse(startedAt) / 1000);
const local = new Date(startedAt);
const two = (part: number): string => String(part).padStart(2, "0");
const localText = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())} ${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}`;

test.each([
  ["UTC", "made 2026-03-04T05:06:08Z", true],
  ["the machine's time", `at ${localText},125 INFO begun`, true],
  ["a file's name", "model_2026-03-04_05-06-07.bin", true],
  ["as C writes it", "Wed Mar  4 05:06:07 2026", true],
  ["seconds since 1970", `${seconds + 1}.25`, true],
  ["milliseconds", `{"at": ${seconds}250}`, true],
  ["nanoseconds", `${seconds}250000000`, true],
  ["another second", "2026-03-04T05:06:11Z", false],
  ["another day", "2026-03-05 05:06:07", false],
  ["a number of that size", `${seconds - 40}`, false],
  ["no date", "2026-99-99 99:99:99 Foo Bar 99 99:99:99 0000", false],
])("tells where the time of the run stands: %s", (_what, text, stands) => {
  const tree = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-time-test-"));
  try {
    const printed = path.join(tree, "printed");
    fs.writeFileSync(printed, text);
    fs.writeFileSync(path.join(tree, "out.txt"), text);
    fs.writeFileSync(path.join(tree, "picture"), `\0${text}`);
    const common = {
      change: "created",
      digest: hashFile(printed),
      size: text.length,
      mode: 0o644,
      symlink: false,
    } as const;
    const outputs: readonly Output[] = [
      { kind: "file", path: "out.txt", ...common },
      { kind: "file", path: "picture", ...common },
      { kind: "file", path: "gone", ...common },
      { kind: "stdout", path: "", ...common },
      { kind: "exit", path: "", ...common },
    ];
    const blobs = {
      put: () => "",
      putFile: hashFile,
      copyTo: (_digest: string, to: string) => fs.copyFileSync(printed, to),
    };
    const result = { run: { ...run, outputs } as Run, tree };
    expect(timeInOutputs({ blobs, workDirectory: tree }, result)).toEqual(
      stands ? ["out.txt", "stdout"] : [],
    );
  } finally {
    fs.rmSync(tree, { recursive: true });
  }
});
