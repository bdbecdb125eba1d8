import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { addRequirements, pinRequirements } from "../index.ts";
import type { Manifest } from "../../model/index.ts";
import { briefly, fixtureText, readSample } from "../sample-manifest.ts";

const path = "Pipfile";
const read = (text: string, beside: Readonly<Record<string, string>> = {}): Manifest =>
  readSample(path, text, beside);

const example = fixtureText(path);

test("packages, categories, sources, references and the Python", () => {
  const manifest = read(example);
  expect(briefly(manifest)).toEqual([
    ":requests@Pipfile:11",
    ":flask==1.0@Pipfile:12",
    ":e1839a8@Pipfile:13",
    ":dj@Pipfile:14",
    ":win@Pipfile:15",
    ":bad@Pipfile:16",
    "dev:pytest>=6@Pipfile:19",
    "docs:sphinx@Pipfile:21",
  ]);
  expect(manifest.requirements[3]?.url).toBe("git+https://x.org/dj.git@abc#subdirectory=s");
  expect(manifest.requirements[4]?.marker).toBe("(python_version < '3') and sys_platform == 'win32'");
  expect(manifest.python).toEqual({ specifier: "==3.9.*", location: { file: "Pipfile", line: 23 } });
  expect(manifest.indexes.map(({ kind, url }) => [kind, url])).toEqual([
    ["index", "https://pypi.org/simple"],
    ["extra-index", "https://$USER:$PW@my.org/simple"],
  ]);
  expect(manifest.findings).toMatchObject([{ rule: "requirement-invalid", line: 16 }]);
});

test("pinning changes versions alone", () => {
  const pins = new Map([
    ["requests", "2.32.3"],
    ["flask", "3.0"],
    ["pytest", "8.3"],
    ["dj", "1"],
  ]);
  expect(pinRequirements(path, example, pins)).toBe(
    example
      .replace('requests = "*"', 'requests = "==2.32.3"')
      .replace('"==1.0"', '"==3.0"')
      .replace('">=6"', '"==8.3"'),
  );
});

test.each([
  ['[packages]\na = "*" # x\n\n[requires]\n', '[packages]\na = "*" # x\nc = "==1"\n\n[requires]\n'],
  ["[packages]\r\n", '[packages]\r\nc = "==1"\r\n'],
  ["", '[packages]\nc = "==1"\n'],
  ['[requires]\npython_version = "3.9"\n', '[requires]\npython_version = "3.9"\n\n[packages]\nc = "==1"\n'],
])("adding to %j", (before, after) => {
  const edited = addRequirements(path, before, ["a==2", "c==1"].slice(before.includes("a =") ? 0 : 1));
  expect(edited).toBe(after);
  expect(() => parse(edited)).not.toThrow();
});

test("extras, markers and references are written as pipenv writes them", () => {
  const edited = addRequirements(path, null, [
    "a[x]>=1; python_version < '4'",
    "b @ git+https://example.org/b.git@v1",
  ]);
  expect(edited).toBe(
    `[packages]\na = {version = ">=1", extras = ["x"], markers = "python_version < '4'"}\nb = {git = "https://example.org/b.git", ref = "v1"}\n`,
  );
});
