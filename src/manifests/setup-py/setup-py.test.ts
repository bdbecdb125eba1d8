import { expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { briefly, fixtureText, readSample } from "../sample-manifest.ts";

const path = "setup.py";
const read = (text: string, beside: Readonly<Record<string, string>> = {}): Manifest =>
  readSample(path, text, beside);

const requirements = { "requirements.txt": "flask==1\nrequests\n" };

test("literal lists, bound names, sums, dictionaries and opened files are read; the rest is said", () => {
  const manifest = read(fixtureText(path), requirements);
  expect(manifest.projectName).toBe("thing");
  expect(manifest.python).toEqual({ specifier: ">=3.7,<4", location: { file: "setup.py", line: 32 } });
  expect(briefly(manifest)).toEqual([
    ":numpy>=1.20@setup.py:19",
    ":pandas>=1.0@setup.py:20",
    ":flask==1@requirements.txt:1",
    ":requests@requirements.txt:2",
    ":six@setup.py:25",
    "build-system:wheel@setup.py:34",
    "tests:pytest>=6@setup.py:17",
    "tests:pytest-cov@setup.py:17",
    "test:pytest>=6@setup.py:17",
    "test:pytest-cov@setup.py:17",
    "docs:sphinx@setup.py:26",
    ":typing-extensions@setup.py:26",
    "dev:pytest>=6@setup.py:17",
    "dev:pytest-cov@setup.py:17",
    "dev:black@setup.py:28",
  ]);
  expect(manifest.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ["setup-py-computed", 21],
    ["setup-py-computed", 24],
    ["setup-py-computed", 27],
  ]);
  expect(manifest.commands).toMatchObject([{ name: "thing", kind: "run", run: "thing" }]);
});

const fromFile = [":flask==1@requirements.txt:1", ":requests@requirements.txt:2"];

test.each([
  ["setup(install_requires=[l.strip() for l in open('requirements.txt') if l.strip()])", fromFile, 0],
  ["setuptools.setup(install_requires=open('requirements.txt').read().splitlines())", fromFile, 0],
  [
    "here = Path(__file__).parent\nsetup(install_requires=(here / 'requirements.txt').read_text().split('\\n'))",
    fromFile,
    0,
  ],
  [
    "r = parse_requirements('requirements.txt', session=False)\nsetup(install_requires=[str(x.req) for x in r])",
    fromFile,
    0,
  ],
  [
    "def main():\n    setup(**dict(install_requires=['a', ('b')]))\nmain()",
    [":a@setup.py:2", ":b@setup.py:2"],
    0,
  ],
  ["setup(install_requires='''\na>=1\nb\n''')", [":a>=1@setup.py:1", ":b@setup.py:1"], 0],
  [
    "def needs(name):\n    with open(join(here, name)) as f:\n        return f.readlines()\nsetup(install_requires=needs('requirements.txt'))",
    fromFile,
    0,
  ],
  ["def needs(name):\n    return open('reqs/' + name)\nsetup(install_requires=needs('gone.txt'))", [], 1],
  ["setup(install_requires=needs())", [], 1],
  ["setup(install_requires=['a'] if x else ['b'])", [], 1],
  ["setup(**config)", [], 1],
  ["setup(install_requires=open('gone.txt').readlines())", [], 1],
  ["print('no setup here')", [], 0],
])("%j", (text, expected, findings) => {
  const manifest = read(text, requirements);
  expect(briefly(manifest)).toEqual(expected);
  expect(manifest.findings).toHaveLength(findings);
});
