import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import type { SurveyJob } from "./job.ts";
import { stateFile } from "./state.ts";

test("a kept result is that of the files as they are, and of what Git has of them", async () => {
  using room = temporaryDirectory("survey-state");
  const root = path.join(room.path, "paper");
  const git = (...words: string[]) => execFileSync("git", ["-C", root, ...words]);
  const write = (name: string, text: string) => fs.writeFileSync(path.join(root, name), text);
  fs.mkdirSync(root);
  git("init", "--quiet");
  write("run.py", "print(1)\n");
  const job: SurveyJob = {
    project: "paper",
    directory: root,
    verb: "check",
    entries: null,
    options: { asOf: null, rounds: null, allowBuilds: false, repeat: false, upTo: 3, entrySeconds: 60 },
    stateDirectory: room.path,
    fresh: false,
    version: "1",
    resultFile: path.join(room.path, "result.json"),
  };
  const untracked = await stateFile(job);
  expect(await stateFile(job)).toBe(untracked);
  git("add", "run.py");
  const tracked = await stateFile(job);
  expect(tracked).not.toBe(untracked);
  write("run.py", "print(2)\n");
  expect(await stateFile(job)).not.toBe(tracked);
});
