import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

function findings(
  text: string,
  path = "requirements.txt",
): readonly (readonly [string, string, number | null])[] {
  const [manifest] = readManifests([path], (asked) => (asked === path ? text : null));
  return (manifest?.findings ?? []).map(({ rule, severity, line }) => [rule, severity, line]);
}

test.each([
  ["numpy\nsklearn\n", "requirement-trap", "error", 2],
  ["bs4==0.0.1\n", "requirement-trap", "warning", 1],
  ["PIL\n", "requirement-trap", "error", 1],
  ["pkg_resources==0.0.0\n", "requirement-trap", "error", 1],
  ["pathlib\n", "requirement-standard-module", "warning", 1],
  ["dataclasses\n", "requirement-standard-module", "info", 1],
  ["a>2,<1\n", "requirement-unsatisfiable", "error", 1],
  ["a==1.0,==2.0\n", "requirement-unsatisfiable", "error", 1],
  ["a>=2,<2.0.0\n", "requirement-unsatisfiable", "error", 1],
  ["a>1\nb\na<3\n", "requirement-repeated", "warning", 3],
])("%j", (text, ...expected) => {
  expect(findings(text)).toEqual([expected]);
});

test.each([
  "dataclasses; python_version < '3.7'\n",
  "sklearn @ https://example.org/sklearn.zip\n",
  "a>=1.0a1,<1.0a5\n",
  "a>1.0,<1.0.0.1\n",
  "a~=1.4,>=1.4.9,!=1.5\n",
  "a==1.*,!=1.0\n",
  "a\na\n",
  "a<2; python_version < '3'\na>=2; python_version >= '3'\n",
  // No version satisfies both: the contradiction is told where the project's files are compared.
  "a<2\na>=2\n",
])("%j has no fault", (text) => {
  expect(findings(text)).toEqual([]);
});

test("what tools wrote into a lock is not judged, nor a package of conda", () => {
  expect(findings("sklearn==0.0.post1 --hash=sha256:00\n")).toEqual([]);
  expect(findings("dependencies:\n  - python=3.11\n  - yaml\n", "environment.yml")).toEqual([]);
});

test("other formats are judged alike", () => {
  expect(findings('[packages]\nsklearn = "*"\n', "Pipfile")).toEqual([["requirement-trap", "error", 2]]);
  expect(findings("setup(\n  install_requires=['yaml'])\n", "setup.py")).toEqual([
    ["requirement-trap", "error", 2],
  ]);
});
