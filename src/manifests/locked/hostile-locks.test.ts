import * as fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { readLockedPackages, readManifests } from "../index.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");
const samples = fs.readdirSync(fixtures).flatMap((folder) =>
  fs.readdirSync(path.join(fixtures, folder)).map((file) => ({
    folder,
    file,
    text: fs.readFileSync(path.join(fixtures, folder, file), "utf8"),
  })),
);

const read = (file: string, text: string, manifest = ""): Manifest | undefined =>
  readManifests([file], (name) => (name === file ? text : manifest))[0];

/** Values that stand where another type is expected. */
const odd = fc.constantFrom(
  "1",
  "-1.5",
  "true",
  "null",
  "[]",
  "{}",
  '""',
  "[[]]",
  "[1]",
  '{"a": 1}',
  "{ a = 1 }",
  "~",
  "*x",
  "&x []",
  "!!python/object:os.system x",
  '"__proto__"',
  "'",
  '"',
  "\\",
  "\u0000",
  "1979-05-27T07:32:00Z",
  "name: [",
  "- - -",
  "|",
  ">",
  "<<: *x",
);

/** One change to a text's lines. */
const change = fc.record({
  kind: fc.constantFrom("drop", "repeat", "value", "cut", "insert", "indent"),
  at: fc.nat(),
  odd,
});

function changed(text: string, { kind, at, odd: value }: { kind: string; at: number; odd: string }): string {
  const lines = text.split("\n");
  const index = at % lines.length;
  const line = lines[index] ?? "";
  const instead: Readonly<Record<string, readonly string[]>> = {
    drop: [],
    repeat: [line, line],
    value: [line.replace(/([=:-] ?).*$/u, (_, sign: string) => `${sign}${value}`)],
    cut: [line.slice(0, at % (line.length + 1))],
    insert: [line, value],
    indent: [`  ${line}`],
  };
  return [...lines.slice(0, index), ...(instead[kind] ?? []), ...lines.slice(index + 1)].join("\n");
}

describe.each(samples)("$folder", ({ file, text }) => {
  test("a changed lock is read without throwing, beside a changed manifest", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), odd, (changes, manifest) => {
        const broken = changes.reduce(changed, text);
        const manifests = read(file, broken, `[project]\ndependencies = ${manifest}\n`);
        readLockedPackages(manifests?.format ?? "", file, broken, manifests?.requirements ?? []);
        for (const { location } of manifests?.requirements ?? []) {
          expect(location.line === null || location.line <= broken.split("\n").length).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("broken text is a finding with its place", () => {
    if (file.endsWith("list.txt") || file.startsWith("conda-linux")) return;
    const manifest = read(file, `${text}\n}{ : [`);
    expect(manifest?.requirements).toEqual([]);
    expect(manifest?.findings).toMatchObject([{ rule: "lock-invalid", severity: "error" }]);
    expect(manifest?.findings[0]?.line).toBeGreaterThan(0);
  });
});

/** The milliseconds that reading took, and what was said. */
function timed(file: string, text: string): { readonly ms: number; readonly rules: readonly string[] } {
  const start = performance.now();
  const manifest = read(file, text);
  return { ms: performance.now() - start, rules: (manifest?.findings ?? []).map(({ rule }) => rule) };
}

const names = Array.from({ length: 400 }, (_, index) => `p${index}`);
const laughs = names
  .slice(0, 60)
  .map((_, index) => `  l${index}: &l${index} [${`*l${index - 1}, `.repeat(9)}]`);

const hostile: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "aliases of aliases": [
    "conda-lock.yml",
    `version: 1\nx:\n  l: &l-1 [a]\n${laughs.join("\n")}\npackage: *l59\n`,
  ],
  "many environments that share one list": [
    "pixi.lock",
    `version: 6\nx: &l\n${names.map((name) => `- {conda: ${name}}`).join("\n")}\ny: &p {${names.map((name) => `${name}: *l`).join(", ")}}\nenvironments: {${names.map((name) => `${name}: {packages: *p}`).join(", ")}}\n`,
  ],
  "many env specs that share one list": [
    "anaconda-project-lock.yml",
    `x: &l\n${names.map((name) => `- ${name}=1=0`).join("\n")}\ny: &p {${names.map((name) => `${name}: *l`).join(", ")}}\nenv_specs: {${names.map((name) => `${name}: {packages: *p}`).join(", ")}}\n`,
  ],
  "endless nesting": ["conda-lock.yml", "[".repeat(100_000)],
  "endless nesting of blocks": [
    "pixi.lock",
    Array.from({ length: 3000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n"),
  ],
  "a tag that runs code": ["pixi.lock", "version: !!python/object/apply:os.system ['true']\n"],
  "merge keys": [
    "conda-lock.yml",
    `a: &a {x: 1}\n${names.map((name) => `${name}: {<<: [${"*a, ".repeat(50)}]}`).join("\n")}\n`,
  ],
  "TOML nested without end": ["uv.lock", `a = ${"[".repeat(100_000)}`],
  "inline tables without end": ["poetry.lock", `a = ${"{a=".repeat(50_000)}`],
  "JSON nested without end": ["Pipfile.lock", "[".repeat(1_000_000)],
  "a long line": ["package-list.txt", `${"a-".repeat(200_000)}=`],
  "a name that is many packages": [
    "uv.lock",
    `version = 1\n${names.map((name) => `[[package]]\nname = "a"\nversion = "${name}"\nsource = { virtual = "." }\ndependencies = [${'{ name = "a", marker = "os_name == \'x\'" }, '.repeat(50)}]\n`).join("")}`,
  ],
  "markers that differ on every way": [
    "uv.lock",
    `version = 1\n${names
      .map(
        (name, index) =>
          `[[package]]\nname = "${name}"\nversion = "1"\nsource = { ${index === 0 ? 'virtual = "."' : 'registry = "https://pypi.org/simple"'} }\ndependencies = [${names
            .slice(index + 1, index + 20)
            .map((other) => `{ name = "${other}", marker = "os_name == '${index}${other}'" }`)
            .join(", ")}]\n`,
      )
      .join("")}`,
  ],
};

test.each(Object.entries(hostile))("%s: an answer in time", (_, [file, text]) => {
  expect(timed(file, text).ms).toBeLessThan(20_000);
});

test.each(["endless nesting", "a tag that runs code", "TOML nested without end", "JSON nested without end"])(
  "%s: a finding",
  (name) => {
    const [file = "", text = ""] = hostile[name] ?? [];
    expect(timed(file, text).rules).toContain("lock-invalid");
  },
);
