import { expect, test } from "vitest";
import type { Requirement } from "../model/index.ts";
import { missingFromLock } from "./index.ts";

const declared = (name: string, specifier: string, marker: string | null = null): Requirement => ({
  name,
  ecosystem: "pypi",
  extras: [],
  specifier,
  marker,
  url: null,
  editable: false,
  hashes: [],
  group: "",
  raw: name + specifier,
  location: { file: "requirements.txt", line: 3 },
});
const installed = (name: string, version: string) => ({ name, version, requires: [], extras: [] });
const said = (there: readonly ReturnType<typeof installed>[], wanted: readonly Requirement[]) =>
  missingFromLock({
    lock: { path: "pylock.toml", text: 'lock-version = "1.0"\n' },
    installed: there,
    declared: wanted,
    python: "3.11.7",
    root: "/nowhere",
  }).map(({ message, file, line }) => [message, file, line]);

test("what is declared, and in the lock for other places alone, is named where it is declared", () => {
  const wanted = [declared("IDNA", ">=3"), declared("old", "", "python_version < '3'")];
  expect(said([installed("server", "1.0")], wanted)).toEqual([
    ["idna>=3 is declared, and pylock.toml gives none here.", "requirements.txt", 3],
  ]);
  expect(said([installed("idna", "2.10")], wanted)).toEqual([
    ["idna>=3 is declared, and pylock.toml gives 2.10 here.", "requirements.txt", 3],
  ]);
  expect(said([installed("idna", "3.7")], wanted)).toEqual([]);
});
