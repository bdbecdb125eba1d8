import { expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { briefly, fixtureText, readSample } from "../sample-manifest.ts";

const path = "setup.cfg";
const read = (text: string, beside: Readonly<Record<string, string>> = {}): Manifest =>
  readSample(path, text, beside);

test("lists, files, extras, the Python and scripts", () => {
  const manifest = read(fixtureText(path), { "requirements.txt": "flask==1\n" });
  expect(manifest.findings).toEqual([]);
  expect(manifest.projectName).toBe("thing");
  expect(manifest.python).toEqual({ specifier: ">=3.8", location: { file: "setup.cfg", line: 6 } });
  expect(briefly(manifest)).toEqual([
    ":numpy>=1.2@setup.cfg:8",
    ":requests@setup.cfg:10",
    ":y@setup.cfg:11",
    "dev:flask==1@requirements.txt:1",
    "docs:sphinx@setup.cfg:16",
    "build-system:setuptools-scm@setup.cfg:12",
    "build-system:wheel@setup.cfg:12",
  ]);
  expect(manifest.commands.map(({ name }) => name)).toEqual(["thing"]);
});

test.each([
  ["[options]\ninstall_requires = file: gone.txt\n", "requirements-include-missing", 2],
  ["[options]\npython_requires = three\n", "python-version-unclear", 2],
  ["[options]\ninstall_requires =\n  a b c\n", "requirement-invalid", 3],
])("%j is a finding", (text, rule, line) => {
  expect(read(text).findings).toMatchObject([{ rule, line }]);
});
