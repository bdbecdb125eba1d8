import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256, temporaryDirectory } from "../system/index.ts";
import { committedFiles } from "./committed-files.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("committed");
  git("init", "-q", "-b", "main");
});
afterEach(() => room[Symbol.dispose]());

const at = (name: string): string => path.join(room.path, name);

function git(...args: string[]): void {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  execFileSync("git", ["-C", room.path, ...identity, ...args], { stdio: "pipe" });
}

function write(name: string, text: string | Buffer): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
}

async function textOf(name: string, root = room.path): Promise<string | null | undefined> {
  const file = (await committedFiles(root))?.get(name);
  return file === undefined ? undefined : ((await file.read())?.toString("utf8") ?? null);
}

test("outside a work tree there is none", async () => {
  fs.rmSync(at(".git"), { recursive: true });
  expect(await committedFiles(room.path)).toBeNull();
});

test("HEAD's content counts, whatever was edited, staged or deleted since", async () => {
  for (const name of ["edited", "staged", "deleted", "removed"]) write(name, `${name} 1\n`);
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  write("edited", "edited 2\n");
  write("staged", "staged 2\n");
  git("add", "staged");
  fs.rmSync(at("deleted"));
  git("rm", "-q", "removed");
  write("unknown", "never added\n");
  for (const name of ["edited", "staged", "deleted", "removed"])
    expect(await textOf(name)).toBe(`${name} 1\n`);
  expect(await textOf("unknown")).toBeUndefined();
});

test("what was staged for the first time counts as staged, before the first commit too", async () => {
  write("new", "staged\n");
  git("add", "new");
  write("new", "edited\n");
  expect(await textOf("new")).toBe("staged\n");
});

test("a project inside a larger repository has its own paths, in any encoding", async () => {
  write("other/a.txt", "other\n");
  write("project/sub/ä b.txt", "mine\n");
  const raw = Buffer.concat([Buffer.from(at("project/caf")), Buffer.of(0xe9)]);
  fs.writeFileSync(raw, "raw\n");
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  const files = await committedFiles(at("project"));
  expect([...(files?.keys() ?? [])].toSorted()).toEqual(["caf\udce9", "sub/ä b.txt"]);
  expect(await textOf("sub/ä b.txt", at("project"))).toBe("mine\n");
});

test("mode and links are told, and the content without reading it", async () => {
  write("run.sh", "x\n");
  fs.chmodSync(at("run.sh"), 0o775);
  write("plain", "x\n");
  fs.chmodSync(at("plain"), 0o664);
  fs.symlinkSync("plain", at("link"));
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  const files = await committedFiles(room.path);
  expect(files?.get("run.sh")).toMatchObject({ executable: true, symlink: false });
  expect(files?.get("plain")).toMatchObject({ executable: false, symlink: false });
  expect(files?.get("link")).toMatchObject({ symlink: true });
  expect(files?.get("link")?.holds(Buffer.from("plain"))).toBe(true);
  expect(files?.get("plain")?.holds(Buffer.from("x\n"))).toBe(true);
  expect(files?.get("plain")?.holds(Buffer.from("y\n"))).toBe(false);
});

test("a file in Git LFS is what its pointer names, and the pointer where that is nowhere", async () => {
  const content = "large\n";
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize 6\n`;
  write("a.bin", pointer);
  git("add", "-A");
  git("commit", "-q", "-m", "one");
  expect(await textOf("a.bin")).toBe(pointer);
  write("a.bin", content);
  expect(await textOf("a.bin")).toBe(content);
  write("a.bin", "edited\n");
  const digest = sha256(content);
  write(`.git/lfs/objects/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`, content);
  expect(await textOf("a.bin")).toBe(content);
});
