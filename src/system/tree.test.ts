import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listTree, runProcess, temporaryDirectory } from "./index.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("tree");
});
afterEach(() => room[Symbol.dispose]());

const at = (name: string): string => path.join(room.path, name);
const paths = (listing: ReturnType<typeof listTree>): string[] =>
  listing.entries.map(({ path: name }) => name);

test("links are listed and never followed, so that loops end", () => {
  fs.mkdirSync(at("a/b"), { recursive: true });
  fs.symlinkSync("..", at("a/b/up"));
  fs.symlinkSync("self", at("self"));
  fs.symlinkSync("/", at("root"));
  const { entries, unreadable } = listTree(room.path);
  expect(entries.map((entry) => [entry.path, entry.kind])).toEqual([
    ["a", "directory"],
    ["a/b", "directory"],
    ["a/b/up", "symlink"],
    ["root", "symlink"],
    ["self", "symlink"],
  ]);
  expect(unreadable).toEqual([]);
});

test("folders to skip are left out whole", () => {
  fs.mkdirSync(at("keep/skip"), { recursive: true });
  fs.writeFileSync(at("keep/skip/file"), "");
  fs.writeFileSync(at("keep/file"), "12345");
  expect(paths(listTree(room.path, (folder) => folder === "keep/skip"))).toEqual(["keep", "keep/file"]);
});

test("names that are not UTF-8 keep their bytes", () => {
  fs.writeFileSync(Buffer.concat([Buffer.from(`${room.path}/`), Buffer.from([0x63, 0xe9])]), "");
  expect(paths(listTree(room.path))).toEqual(["c\udce9"]);
});

test("a root that cannot be listed is said so", () => {
  expect(listTree(at("missing"))).toEqual({ entries: [], unreadable: [{ path: ".", reason: "ENOENT" }] });
  fs.writeFileSync(at("file"), "");
  expect(listTree(at("file")).unreadable).toEqual([{ path: ".", reason: "ENOTDIR" }]);
});

test("a folder that may not be read is named, and the rest is listed", () => {
  fs.mkdirSync(at("closed"), { mode: 0o000 });
  fs.writeFileSync(at("open"), "");
  fs.chmodSync(room.path, 0o755);
  const listing = asNobody(() => listTree(room.path));
  expect(paths(listing)).toEqual(["closed", "open"]);
  expect(listing.unreadable).toEqual([{ path: "closed", reason: "EACCES" }]);
});

/** Root may read everything: then somebody else asks. */
function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test("pipes are neither files nor folders", async () => {
  await runProcess(["mkfifo", at("pipe")]);
  expect(listTree(room.path).entries[0]).toMatchObject({ path: "pipe", kind: "other" });
});
