import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  copyEntry,
  createAtomic,
  listTree,
  readText,
  removeTree,
  temporaryDirectory,
  toNative,
  writeAtomic,
} from "./index.ts";

let room: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  room = temporaryDirectory("files");
});
afterEach(() => room[Symbol.dispose]());

const at = (name: string): string => path.join(room.path, name);

describe("writeAtomic", () => {
  test("makes folders on the way, replaces what is there, and leaves nothing beside it", () => {
    writeAtomic(at("a/b/c.txt"), "one");
    writeAtomic(at("a/b/c.txt"), "two");
    expect(readText(at("a/b/c.txt"))).toBe("two");
    expect(fs.readdirSync(at("a/b"))).toEqual(["c.txt"]);
  });

  test("that fails keeps the old content and leaves no part", () => {
    fs.mkdirSync(at("taken"));
    fs.writeFileSync(at("taken/inside"), "kept");
    expect(() => writeAtomic(at("taken"), "new")).toThrow(
      expect.objectContaining({ code: "PATH_UNREADABLE" }),
    );
    expect(fs.readdirSync(room.path)).toEqual(["taken"]);
    expect(readText(at("taken/inside"))).toBe("kept");
  });

  test("does not write below what is no folder", () => {
    fs.writeFileSync(at("file"), "kept");
    expect(() => writeAtomic(at("file/below"), "new")).toThrow(
      expect.objectContaining({ code: "PATH_UNREADABLE" }),
    );
    expect(readText(at("file"))).toBe("kept");
  });

  test("gives the mode asked for, and takes names that are not UTF-8", () => {
    writeAtomic(at("caf\udce9.sh"), "#!/bin/sh\n", 0o755);
    const [entry] = listTree(room.path).entries;
    expect(entry).toMatchObject({ path: "caf\udce9.sh", kind: "file" });
    expect((entry?.mode ?? 0) & 0o100).toBe(0o100);
    expect(fs.readdirSync(room.path, { encoding: "buffer" })[0]).toEqual(
      Buffer.from(toNative("caf\udce9.sh") as string),
    );
  });
});

test("a file written in pieces is seen only once it is whole", () => {
  {
    using left = createAtomic(at("left.txt"));
    left.write(Buffer.from("never committed"));
  }
  expect(fs.readdirSync(room.path)).toEqual([]);
  using kept = createAtomic(at("kept.txt"));
  kept.write(Buffer.from("one "));
  expect(fs.existsSync(at("kept.txt"))).toBe(false);
  kept.write(Buffer.from("two"));
  kept.commit();
  expect(readText(at("kept.txt"))).toBe("one two");
});

test("a copy keeps mode, time and where a link points", () => {
  fs.writeFileSync(at("run.sh"), "x", { mode: 0o750 });
  fs.utimesSync(at("run.sh"), 1_000_000, 1_000_000);
  fs.symlinkSync("nowhere", at("link"));
  copyEntry(at("run.sh"), at("copy.sh"));
  copyEntry(at("link"), at("copied-link"));
  expect(fs.statSync(at("copy.sh")).mode & 0o777).toBe(0o750);
  expect(fs.statSync(at("copy.sh")).mtimeMs).toBe(1_000_000_000);
  expect(fs.readlinkSync(at("copied-link"))).toBe("nowhere");
});

test("a text is read without its byte order mark; a missing file is an error that names it", () => {
  fs.writeFileSync(at("bom.txt"), "\ufeffhello");
  expect(readText(at("bom.txt"))).toBe("hello");
  expect(() => readText(at("missing.txt"))).toThrow(
    expect.objectContaining({ code: "PATH_UNREADABLE", location: { file: at("missing.txt") } }),
  );
});

test("a tree whose folders are read-only is removed", () => {
  fs.mkdirSync(at("locked/inner"), { recursive: true });
  fs.writeFileSync(at("locked/inner/file"), "");
  fs.chmodSync(at("locked/inner"), 0o500);
  removeTree(at("locked"));
  expect(fs.existsSync(at("locked"))).toBe(false);
});
