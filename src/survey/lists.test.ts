import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ToolError } from "../model/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { entriesFor, readEntries, strangersAmong } from "./entries-file.ts";
import { listProjects } from "./project-list.ts";

let room: ReturnType<typeof temporaryDirectory>;
const at = (name: string): string => path.join(room.path, name);
const write = (name: string, text: string): string => {
  fs.writeFileSync(at(name), text);
  return at(name);
};
beforeEach(() => {
  room = temporaryDirectory("lists");
  for (const folder of ["a/paper", "b/paper", "c"]) fs.mkdirSync(at(folder), { recursive: true });
});
afterEach(() => room[Symbol.dispose]());

const named = (words: readonly string[]) =>
  listProjects(words).map(({ name, directory }) => [name, path.relative(room.path, directory)]);

describe("the projects of a survey", () => {
  it("are folders, each once, named by their own name or as given", () => {
    fs.symlinkSync(at("c"), at("link"));
    expect(named([at("c"), at("link"), `${at("c")}/`])).toHaveLength(1);
    expect(named([at("a/paper"), at("b/paper"), at("c")])).toEqual([
      [at("a/paper"), "a/paper"],
      [at("b/paper"), "b/paper"],
      ["c", "c"],
    ]);
  });

  it("may be listed in a file, one on a line, as seen from that file", () => {
    const list = write("list.txt", "# for Friday\r\na/paper  # the first\n\n  c\nnot-there\n");
    expect(named([list])).toEqual([
      ["paper", "a/paper"],
      ["c", "c"],
      ["not-there", "not-there"],
    ]);
  });

  it("may be listed as JSON", () => {
    expect(named([write("list.json", '["c", "a/paper"]')])).toEqual([
      ["c", "c"],
      ["paper", "a/paper"],
    ]);
    expect(() => named([write("bad.json", '[{"c": 1}]')])).toThrow("not a JSON list of folders");
  });

  it("are not what a file says that is no list", () => {
    expect(() => named([write("README.md", "# Papers\nThese are ours.\n")])).toThrow("names no folder");
  });

  it("are named even where they are not there", () => {
    expect(named([at("gone")])).toEqual([["gone", "gone"]]);
  });
});

describe("the entries that a survey is limited to", () => {
  it("are found by path as given, by absolute path or by the folder's name", () => {
    const entries = readEntries(write("e.json", '{"x/paper/": ["nb:a.ipynb", "nb:a.ipynb"], "c": ["make"]}'));
    expect(entriesFor({ given: "x/paper", directory: "/else/where" }, entries)).toEqual(["nb:a.ipynb"]);
    expect(entriesFor({ given: ".", directory: at("c") }, entries)).toEqual(["make"]);
    expect(entriesFor({ given: "d", directory: at("d") }, entries)).toBeNull();
    expect(strangersAmong(entries, [{ given: "x/paper", directory: at("x/paper") }])).toEqual(["c"]);
  });

  it.each(["", "[]", "null", '{"c": "make"}', '{"c": [1]}'])("are no %j", (text) => {
    expect(() => readEntries(write("e.json", text))).toThrow(ToolError);
  });

  it("are read, or refused as wrong use, whatever the file holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const file = write("e.json", text);
        try {
          readEntries(file);
        } catch (error) {
          expect(error).toMatchObject({ code: "USAGE" });
        }
      }),
    );
  });
});
