import { expect, test } from "vitest";
import { readManifests } from "../index.ts";
import type { Manifest } from "../../model/index.ts";

const path = "setup.py";

function read(text: string, files: Readonly<Record<string, string>> = {}): Manifest {
  const all: Readonly<Record<string, string>> = { ...files, [path]: text };
  const [manifest] = readManifests([path], (asked) => all[asked] ?? null);
  if (manifest === undefined) throw new Error("not read");
  return manifest;
}

const brief = (manifest: Manifest): readonly string[] =>
  manifest.requirements.map(
    (r) => `${r.group}:${r.name}${r.specifier}@${r.location.file}:${String(r.location.line)}`,
  );

const requirements = { "requirements.txt": "flask==1\nrequests\n" };

test("literal lists, bound names, sums, dictionaries and opened files are read; the rest is said", () => {
  const manifest = read(
    `#!/usr/bin/env python
# -*- coding: utf-8 -*-
import os, sys
from setuptools import setup, find_packages
here = os.path.abspath(os.path.dirname(__file__))
with open(os.path.join(here, "README.md"), encoding="utf-8") as fh:
    long_description = fh.read()

def read(*names):
    return open(os.path.join(here, *names)).read()

with open('requirements.txt') as f:
    required = f.read().splitlines()

about = {}
exec(read("src/about.py"), about)
TESTS = ["pytest>=6", 'pytest-cov']
install_requires = [
    "numpy>=1.20",  # arrays
    "pandas" ">=1.0",
    f"x=={about['v']}",
] + required
if sys.version_info < (3, 8):
    install_requires.append("importlib_metadata")
install_requires += ["six"]
extras = {"test": TESTS, "docs": ["sphinx"], ':python_version<"3.8"': ["typing_extensions"]}
extras["all"] = sum(extras.values(), [])
extras["dev"] = TESTS + ["black"]
setup(
    name="thing", version=about["__version__"],
    packages=find_packages(where="src", exclude=["*.tests"]),
    python_requires=">=3.7, <4",
    install_requires=install_requires,
    setup_requires=["wheel"],
    extras_require=extras,
    tests_require=TESTS,
    entry_points={"console_scripts": ["thing = thing.cli:main"]},
)
`,
    requirements,
  );
  expect(manifest.projectName).toBe("thing");
  expect(manifest.python).toEqual({ specifier: ">=3.7,<4", location: { file: "setup.py", line: 32 } });
  expect(brief(manifest)).toEqual([
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
  expect(brief(manifest)).toEqual(expected);
  expect(manifest.findings).toHaveLength(findings);
});
