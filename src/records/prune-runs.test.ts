import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Run } from "../model/index.ts";
import { findStore, openStore, type Store } from "../store/index.ts";
import { sha256 } from "../system/index.ts";
import { proofWith } from "../../test/support/proof.ts";
import { keepTree } from "./kept-tree.ts";
import { pruneRecordedRuns } from "./prune-runs.ts";

let root = "";
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "rung-prune-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** A recorded run that left `output`, in a tree of so many small files. */
function record(store: Store, day: number, output: string, files = 20): Run {
  const names = Array.from({ length: files }, (_, index) => `in-${index}.txt`);
  for (const name of names) fs.writeFileSync(path.join(root, name), `${name} on day ${day}`);
  const items = names.map((name) => {
    const digest = sha256(fs.readFileSync(path.join(root, name)));
    return { path: name, digest, kind: "file" as const, mode: 0o644 };
  });
  const tree = keepTree(
    store,
    root,
    items,
    names.map((name) => ({ path: name, size: 20, mode: 0o644, kind: "file" as const, mtimeMs: 0 })),
  );
  const digest = store.blobs.put(output);
  const run = {
    id: `0000000${day}-1111-4111-8111-111111111111`,
    startedAt: `2026-01-0${day}T00:00:00.000Z`,
    command: "main",
    outputs: [{ kind: "stdout", path: "", change: "created", digest, size: 1, mode: 0, symlink: false }],
    circumstances: { tree, inputs: [] },
  } as unknown as Run;
  store.saveRun(run);
  return run;
}

const first = "in-0.txt on day";

test("old runs go with what only they refer to, and their logs", () => {
  const store = openStore(root);
  const runs = [1, 2, 3].map((day) => record(store, day, `output ${day}`));
  const same = record(store, 4, "output 1");
  fs.mkdirSync(path.join(root, ".rung/logs"));
  for (const { id } of runs) fs.writeFileSync(path.join(root, `.rung/logs/${id}.log`), "log");
  store.close();
  const rule = { keep: 2, olderThanDays: null };
  const planned = pruneRecordedRuns(root, rule, true);
  expect(planned.runs.map(({ id }) => id)).toEqual([runs[1]?.id, runs[0]?.id]);
  const done = pruneRecordedRuns(root, rule, false);
  expect(done).toEqual(planned);
  // Two lists of trees, their files, and the output that no other run gave.
  expect([done.contents, done.kept]).toEqual([2 + 40 + 1, 2]);
  expect(fs.readdirSync(path.join(root, ".rung/logs"))).toEqual([`${runs[2]?.id}.log`]);
  const after = findStore(root);
  expect(after?.recordedRuns(9).map(({ id }) => id)).toEqual([same.id, runs[2]?.id]);
  const has = (content: string): boolean | undefined => after?.blobs.has(sha256(content));
  expect([has("output 1"), has("output 2"), has("output 3")]).toEqual([true, false, true]);
  expect([1, 2, 3, 4].map((day) => has(`${first} ${day}`))).toEqual([false, false, true, true]);
  expect(after?.blobs.read(sha256(`${first} 3`)).toString()).toBe(`${first} 3`);
  after?.close();
  expect(pruneRecordedRuns(root, rule, false)).toMatchObject({ runs: [], contents: 0, bytes: 0 });
});

test("a run that a proof names stays, and so does a young one", () => {
  const store = openStore(root);
  const [proved, old] = [1, 2].map((day) => record(store, day, `output ${day}`));
  store.saveProof(proofWith({ level: 0, provedAt: "2026-01-01T00:00:00Z", runs: [proved?.id ?? ""] }));
  const young = { ...record(store, 3, "output 3"), startedAt: new Date().toISOString() };
  store.saveRun(young);
  store.close();
  const { runs } = pruneRecordedRuns(root, { keep: 0, olderThanDays: 30 }, false);
  expect(runs.map(({ id }) => id)).toEqual([old?.id]);
  const after = findStore(root);
  expect(after?.blobs.has(sha256(`${first} 1`))).toBe(true);
  after?.close();
});

test("nothing goes while another is at work, and nothing is made where nothing is", () => {
  expect(() => pruneRecordedRuns(root, { keep: 0, olderThanDays: null }, false)).toThrow("No run is kept");
  expect(fs.readdirSync(root)).toEqual([]);
  const store = openStore(root);
  record(store, 1, "output");
  expect(() => pruneRecordedRuns(root, { keep: 0, olderThanDays: null }, false)).toThrow("at work");
  store.close();
  expect(pruneRecordedRuns(root, { keep: 0, olderThanDays: null }, false).runs).toHaveLength(1);
});
