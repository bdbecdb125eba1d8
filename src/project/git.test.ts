import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../system/index.ts";
import { parseStatus, readGit, stageFiles, startRepository } from "./git.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("git");
});
afterEach(() => room[Symbol.dispose]());

const at = (name: string): string => path.join(room.path, name);
const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];

function git(...args: string[]): string {
  return execFileSync("git", ["-C", room.path, ...identity, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
}

describe("a folder", () => {
  test("outside any repository has no Git state", async () => {
    expect(await readGit(room.path)).toBeNull();
  });

  test("before its first commit has a branch and no head", async () => {
    git("init", "-q", "-b", "main");
    write("a.py", "");
    expect(await readGit(room.path)).toEqual({
      head: null,
      branch: "main",
      tracked: [],
      modified: [],
      untracked: ["a.py"],
    });
  });
});

describe("a repository", () => {
  beforeEach(() => {
    git("init", "-q", "-b", "main");
    for (const name of ["kept.py", "changed.py", "removed.py", "moved.py", "sub/inner.py"])
      write(name, `# ${name}\n`);
    write(".gitignore", "*.log\n");
    git("add", "-A");
    git("commit", "-q", "-m", "one");
  });

  test("says what is tracked, changed, removed, renamed, staged and never added", async () => {
    write("changed.py", "new\n");
    fs.rmSync(at("removed.py"));
    git("mv", "moved.py", "was moved.py");
    write("staged.py", "");
    git("add", "staged.py");
    write("never added.csv", "");
    write("ignored.log", "");
    const state = await readGit(room.path);
    expect(state?.head).toBe(git("rev-parse", "HEAD").trim());
    expect(state?.tracked).toEqual([
      ".gitignore",
      "changed.py",
      "kept.py",
      "removed.py",
      "staged.py",
      "sub/inner.py",
      "was moved.py",
    ]);
    expect(state?.modified).toEqual(["changed.py", "moved.py", "removed.py", "staged.py", "was moved.py"]);
    expect(state?.untracked).toEqual(["never added.csv"]);
  });

  test("seen from a project nested in it shows that folder alone, by its own paths", async () => {
    write("sub/inner.py", "new\n");
    write("sub/new.py", "");
    write("outside.py", "");
    expect(await readGit(at("sub"))).toMatchObject({
      tracked: ["inner.py"],
      modified: ["inner.py"],
      untracked: ["new.py"],
    });
  });

  test("in the middle of a conflict names each file once", async () => {
    git("checkout", "-q", "-b", "other");
    write("changed.py", "theirs\n");
    git("commit", "-q", "-a", "-m", "theirs");
    git("checkout", "-q", "main");
    write("changed.py", "ours\n");
    git("commit", "-q", "-a", "-m", "ours");
    expect(() => git("merge", "-q", "other")).toThrow();
    const state = await readGit(room.path);
    expect(state?.modified).toEqual(["changed.py"]);
    expect(state?.tracked.filter((name) => name === "changed.py")).toEqual(["changed.py"]);
  });

  test("without a branch has a head alone", async () => {
    git("checkout", "-q", "--detach");
    expect(await readGit(room.path)).toMatchObject({ branch: null, head: git("rev-parse", "HEAD").trim() });
  });

  test("keeps names that are not UTF-8, and names with line breaks", async () => {
    const root = Buffer.from(`${room.path}/`);
    fs.writeFileSync(Buffer.concat([root, Buffer.from([0x63, 0xe9])]), "");
    fs.writeFileSync(at("two\nlines"), "");
    git("add", "two\nlines");
    const state = await readGit(room.path);
    expect(state?.untracked).toEqual(["c\udce9"]);
    expect(state?.tracked).toContain("two\nlines");
  });

  test("stages, and commits, only what it is given", async () => {
    write("kept.py", "mine\n");
    write("lifted.txt", "");
    git("config", "user.name", "A");
    git("config", "user.email", "a@example.org");
    expect(await stageFiles(room.path, ["lifted.txt"], null)).toBeNull();
    expect(git("diff", "--staged", "--name-only")).toBe("lifted.txt\n");
    expect(await stageFiles(room.path, ["lifted.txt"], "lift")).toBeNull();
    expect(git("show", "--name-only", "--format=%s")).toBe("lift\n\nlifted.txt\n");
    expect(await stageFiles(room.path, ["missing.txt"], null)).toContain("missing.txt");
  });

  test("runs no program that its own settings name", async () => {
    const evil = `touch '${at("evil.log")}'; cat`;
    for (const name of ["filter.x.clean", "filter.x.process", "core.fsmonitor"]) git("config", name, evil);
    git("config", "filter.x.required", "true");
    git("config", "core.hooksPath", at("hooks"));
    write("hooks/post-index-change", `#!/bin/sh\n${evil} </dev/null\n`);
    fs.chmodSync(at("hooks/post-index-change"), 0o755);
    write(".git/info/attributes", "* filter=x\n");
    write("changed.py", "new\n");
    expect((await readGit(room.path))?.modified).toEqual(["changed.py"]);
    await stageFiles(room.path, ["changed.py"], null);
    expect(fs.existsSync(at("evil.log"))).toBe(false);
  });
});

test("a repository is started with one commit of everything", async () => {
  write("a.py", "");
  expect(await startRepository(room.path, "first")).toBe(true);
  expect(await readGit(room.path)).toMatchObject({
    branch: "main",
    tracked: ["a.py"],
    modified: [],
    untracked: [],
  });
});

test("a renamed entry carries the name that it had", () => {
  const lines = ["2 R. N... 100644 100644 100644 a b R100 sub/new name.py", "sub/? old.py", "? sub/x", ""];
  expect(parseStatus(Buffer.from(lines.join("\0")), "sub/")).toEqual({
    head: null,
    branch: null,
    modified: ["new name.py", "? old.py"],
    untracked: ["x"],
  });
});
