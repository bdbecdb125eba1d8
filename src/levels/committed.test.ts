import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Committed, Output } from "../model/index.ts";
import { sampleRun } from "../sandbox/sample-request.ts";
import { openStore, type Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { committedVerdict } from "./committed.ts";
import { readSubject } from "./subject.ts";

let room: ReturnType<typeof temporaryDirectory>;
let root: string;
let store: Store;
beforeEach(() => {
  room = temporaryDirectory("committed");
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
  root = path.join(room.path, "project");
  fs.mkdirSync(root);
  store = openStore(root);
});
afterEach(() => {
  store.close();
  room[Symbol.dispose]();
});

const write = (name: string, text: string): void => fs.writeFileSync(path.join(root, name), text);

function commitAll(): void {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  for (const words of [
    ["init", "-q"],
    ["add", "-A"],
    ["commit", "-q", "-m", "one"],
  ])
    execFileSync("git", ["-C", root, ...identity, ...words], { stdio: "pipe" });
}

/** The verdict on a run that left `content` in o.txt, or deleted it. */
async function verdictOn(content: string | null, more: Partial<Output> = {}): Promise<Committed> {
  const output: Output = {
    kind: "file",
    path: "o.txt",
    change: content === null ? "deleted" : "modified",
    digest: content === null ? null : store.blobs.put(content),
    size: content?.length ?? 0,
    mode: 0o644,
    symlink: false,
    ...more,
  };
  const run = sampleRun({ command: "go", outputs: [output] });
  return committedVerdict(await readSubject(root, store), [run], store);
}

test("is on what was committed: an edit that brings the tree to what the run gives reproduces nothing", async () => {
  write("o.txt", "1\n");
  commitAll();
  write("o.txt", "2\n");
  const committed = await verdictOn("2\n");
  expect(committed).toMatchObject({ verdict: "not", compared: 1, different: 1 });
  expect(committed.comparisons[0]?.differences).toEqual([{ where: "line 1", before: "1", after: "2" }]);
  expect((await verdictOn("1\n")).verdict).toBe("reproduced");
});

test("has a committed result that was deleted from the tree as well", async () => {
  write("o.txt", "1\n");
  commitAll();
  fs.rmSync(path.join(root, "o.txt"));
  expect((await verdictOn("2\n", { change: "created" })).verdict).toBe("not");
  expect((await verdictOn("1\n", { change: "created" })).verdict).toBe("reproduced");
});

test("counts whether the file may be executed, and nothing else of its mode", async () => {
  write("o.txt", "1\n");
  fs.chmodSync(path.join(root, "o.txt"), 0o664);
  commitAll();
  expect((await verdictOn("1\n", { mode: 0o600 })).verdict).toBe("reproduced");
  expect((await verdictOn("1\n", { mode: 0o700 })).comparisons[0]?.differences).toEqual([
    { where: "mode", before: "not executable", after: "executable" },
  ]);
});

test("has nothing to compare where the result was never added", async () => {
  write("README.md", "# P\n");
  commitAll();
  write("o.txt", "1\n");
  expect((await verdictOn("1\n")).verdict).toBe("nothing to compare");
});

test("in a folder without Git is on the tree as it was before the run", async () => {
  write("o.txt", "1\n");
  expect((await verdictOn("1\n")).verdict).toBe("reproduced");
  expect((await verdictOn(null)).comparisons[0]?.differences[0]?.after).toBe("(deleted)");
});
