import fs from "node:fs";
import path from "node:path";
import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRequirement } from "../../manifests/index.ts";
import type { Requirement } from "../../model/index.ts";
import type { LockContent } from "../artifact.ts";
import { formatOfLock, lockFormats } from "./lock-formats.ts";

const fixtures = path.resolve(import.meta.dirname, "../../../test/fixtures/locks");
const place = { location: { file: "", line: null } };
const declare = (...texts: readonly string[]): readonly Requirement[] =>
  texts.flatMap((text) => parseRequirement(text, place) ?? []);

/** Locks that the tools themselves wrote, of a project that needs click and, for development, iniconfig. */
const written = [
  ["uv", "uv.lock"],
  ["poetry", "poetry.lock"],
  ["poetry-1", "poetry.lock"],
  ["pdm", "pdm.lock"],
  ["pdm-plain", "pdm.lock"],
  ["pipenv", "Pipfile.lock"],
  ["hashed", "requirements.txt"],
] as const;

function readFixture(folder: string, name: string): LockContent {
  const text = fs.readFileSync(path.join(fixtures, folder, name), "utf8");
  return formatOfLock(name).read(text, name, declare("click>=8.1,<8.2"));
}

describe.each(written)("the lock of %s", (folder, name) => {
  const { artifacts, requiresPython, findings } = readFixture(folder, name);

  test("holds click with the hashes of both its files, and nothing of the development group", () => {
    expect(findings).toEqual([]);
    const click = artifacts.filter((one) => one.name === "click");
    expect(click.map(({ version, sha256 }) => [version, sha256.slice(0, 6)]).sort()).toEqual([
      ["8.1.8", "63c132"],
      ["8.1.8", "ed53c9"],
    ]);
    expect(artifacts.map((one) => one.name)).not.toContain("iniconfig");
  });

  test("wants colorama on Windows alone, where it was locked for other systems too", () => {
    const markers = new Set(
      artifacts.filter((one) => one.name === "colorama").map(({ marker }) => marker?.replaceAll("'", '"')),
    );
    if (folder === "pipenv") return;
    const [marker] = markers;
    expect(markers.size).toBe(1);
    expect(['sys_platform == "win32"', 'platform_system == "Windows"']).toContain(marker);
  });

  test("names the line of each artifact, and its Python where the format has one", () => {
    const lines = fs.readFileSync(path.join(fixtures, folder, name), "utf8").split("\n");
    for (const { line, filename, name: distribution } of artifacts) {
      expect(lines[line - 1]).toContain(filename || distribution);
    }
    expect(requiresPython === null).toBe(folder === "hashed");
  });
});

test.each(lockFormats.map((format) => [format.id, format] as const))(
  "%s: arbitrary text never throws",
  (id, format) => {
    assert(
      property(string(), string(), (text, more) => {
        format.read(text, id, declare("a"));
        format.read(`[[package]]\nname = "a"\n${text}\n[package.dependencies]\n${more}`, id, declare("a"));
        format.read(JSON.stringify({ default: { [text]: { hashes: [more], version: more } } }), id, []);
      }),
    );
    expect(formatOfLock(id)).toBe(format);
  },
);

test("an extra brings what it asks for, under the marker of the way to it", () => {
  const text = `
[[package]]
name = "app"
version = "1.0"
optional = false
files = [{file = "app-1.0-py3-none-any.whl", hash = "sha256:${"a".repeat(64)}"}]
[package.dependencies]
fast = {version = "*", optional = true, markers = "sys_platform != \\"win32\\" and extra == \\"speed\\""}
slow = {version = "*", optional = true, markers = "extra == \\"other\\""}
[package.extras]
speed = ["Fast (>=1) ; sys_platform != \\"win32\\""]
other = ["slow"]

[[package]]
name = "fast"
version = "1.0"
optional = true
files = []

[[package]]
name = "slow"
version = "1.0"
optional = true
files = []

[metadata]
lock-version = "2.0"
python-versions = "^3.9"
`;
  const read = (...declared: readonly string[]): unknown =>
    formatOfLock("poetry.lock")
      .read(text, "poetry.lock", declare(...declared))
      .artifacts.map(({ name, marker }) => [name, marker]);
  expect(read("app")).toEqual([["app", null]]);
  expect(read("app[speed]; python_version >= '3.10'")).toEqual([
    ["app", "python_version >= '3.10'"],
    ["fast", `python_version >= '3.10' and sys_platform != "win32"`],
  ]);
});

test("of two versions each holds where the edges that hold admit it", () => {
  const numpy = (version: string, python: string): string =>
    `[[package]]\nname = "numpy"\nversion = "${version}"\noptional = false\npython-versions = "${python}"\nfiles = []\n`;
  const text = `${numpy("1.26.4", ">=3.9")}
${numpy("2.2.0", ">=3.10")}
[[package]]
name = "tables"
version = "1.0"
optional = false
python-versions = ">=3.9"
files = []
[package.dependencies]
numpy = [{version = ">=1.22", markers = "python_version < '3.13'"}, {version = ">=2.1", markers = "python_version >= '3.13'"}]

[metadata]
lock-version = "2.0"
python-versions = "^3.9"
`;
  const read = (...declared: readonly string[]): unknown =>
    formatOfLock("poetry.lock")
      .read(text, "poetry.lock", declare(...declared))
      .artifacts.filter(({ name }) => name === "numpy")
      .map(({ version, marker }) => [version, marker]);
  expect(read("tables", "numpy<2; python_version < '3.12'", "numpy>=2; python_version >= '3.12'")).toEqual([
    ["1.26.4", "python_version >= '3.9' and python_version < '3.12'"],
    ["2.2.0", "python_version >= '3.12'"],
  ]);
  // Nothing asks for the older one but that the newer is not for that Python.
  expect(read("tables")).toEqual([
    ["1.26.4", "python_version >= '3.9' and python_version < '3.10'"],
    ["2.2.0", "python_version >= '3.10'"],
  ]);
});

test("an older pdm.lock with an entry for each set of extras tells versions apart too", () => {
  const entry = (name: string, version: string, more = ""): string =>
    `[[package]]\nname = "${name}"\nversion = "${version}"\n${more}\n`;
  const text = [
    entry("httpx", "0.28", "dependencies = [\"numpy; sys_platform == 'win32'\"]"),
    entry("httpx", "0.28", 'extras = ["socks"]\ndependencies = ["httpx==0.28", "socksio"]'),
    entry("numpy", "1.26", 'requires_python = ">=3.9"'),
    entry("numpy", "2.2", 'requires_python = ">=3.10"'),
    entry("socksio", "1.0"),
    '[metadata]\nlock_version = "4.4"',
  ].join("\n");
  const { artifacts } = formatOfLock("pdm.lock").read(text, "pdm.lock", declare("httpx[socks]", "numpy"));
  expect(artifacts.map(({ name, version, marker }) => [name, version, marker])).toEqual([
    ["httpx", "0.28", null],
    ["numpy", "1.26", "python_version >= '3.9' and python_version < '3.10'"],
    ["numpy", "2.2", "python_version >= '3.10'"],
    ["socksio", "1.0", null],
  ]);
});

test("locks of Poetry 1.0 and 1.1 hold files, or their hashes alone, at the end", () => {
  const digest = "a".repeat(64);
  const read = (metadata: string): unknown =>
    formatOfLock("poetry.lock")
      .read(
        `[[package]]\nname = "Six"\nversion = "1.16.0"\ncategory = "main"\noptional = false\n\n[metadata]\n${metadata}`,
        "poetry.lock",
        declare("six"),
      )
      .artifacts.map(({ name, kind, filename, sha256, line }) => [name, kind, filename, sha256, line]);
  const file = "six-1.16.0-py2.py3-none-any.whl";
  expect(read(`[metadata.files]\nSix = [\n    {file = "${file}", hash = "sha256:${digest}"},\n]\n`)).toEqual([
    ["six", "wheel", file, digest, 10],
  ]);
  expect(read(`[metadata.hashes]\nSix = ["${digest}"]\n`)).toEqual([["six", "file", "", digest, 2]]);
});

test("what only an extra of the project or no platform asks for is left out, as Poetry 2 states it", () => {
  const entry = (name: string, markers: string): string =>
    `[[package]]\nname = "${name}"\nversion = "1"\noptional = true\ngroups = ["main"]\nmarkers = ${markers}\nfiles = []\n`;
  const text = [
    entry("nowhere", '"<empty>"'),
    entry("fast", '"extra == \\"speed\\""'),
    entry("both", `'sys_platform == "win32" or extra == "speed"'`),
  ].join("\n");
  const { artifacts } = formatOfLock("poetry.lock").read(text, "poetry.lock", []);
  expect(artifacts.map(({ name, marker }) => [name, marker])).toEqual([["both", 'sys_platform == "win32"']]);
});

test("a version that is left open has no version, and is said", () => {
  const text = JSON.stringify({ default: { open: { version: "*" } } }, null, 1);
  const { artifacts, findings } = formatOfLock("Pipfile.lock").read(text, "Pipfile.lock", []);
  expect(artifacts.map(({ name, version }) => [name, version])).toEqual([["open", ""]]);
  expect(findings.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
    ["lock-version-missing", "error", 3],
  ]);
});

test("commits, folders and other indexes are told apart", () => {
  const text = JSON.stringify({
    _meta: {
      sources: [
        { name: "pypi", url: "https://pypi.org/simple" },
        { name: "own", url: "https://x.org/simple" },
      ],
    },
    default: {
      one: { git: "https://x.org/one.git", ref: "0".repeat(40) },
      two: { path: "./two", editable: true },
      three: { version: "==3", index: "own", hashes: [`sha256:${"b".repeat(64)}`] },
    },
  });
  const { artifacts } = formatOfLock("Pipfile.lock").read(text, "Pipfile.lock", []);
  expect(artifacts.map(({ name, kind, url, index }) => [name, kind, url, index])).toEqual([
    ["one", "vcs", `git+https://x.org/one.git@${"0".repeat(40)}`, undefined],
    ["two", "directory", "./two", undefined],
    ["three", "file", "", "https://x.org/simple"],
  ]);
});
