import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import type { Need } from "../model/index.ts";
import { chooseSpec } from "../project/index.ts";
import { declaredBeside } from "./declared-beside.ts";

const pytest: Need = {
  module: "pytest",
  distribution: "pytest",
  candidates: ["pytest"],
  known: "table",
  context: "always",
  reason: "pytest is imported",
  location: { file: "tests/test_a.py", line: 1 },
};

function beside(files: Readonly<Record<string, string>>) {
  const read = (path: string): string | null => files[path] ?? null;
  const manifests = readManifests(Object.keys(files), read, (path) => path in files);
  return declaredBeside(pytest, manifests, chooseSpec(manifests));
}

const poetry = `[tool.poetry]
name = "p"
[tool.poetry.dependencies]
python = "^3.10"
requests = "^2.28"
[tool.poetry.group.dev.dependencies]
pytest = "^7.0"
pytest-mock = "^3.14"
ruff = "^0.9"
`;
const lock = `[[package]]
name = "pytest"
version = "7.4.4"
files = []

[metadata]
lock-version = "2.0"
python-versions = "^3.10"
content-hash = "${"0".repeat(64)}"
`;

test("of a development group, with what extends it there, in the lock's version", () => {
  const found = beside({ "pyproject.toml": poetry, "poetry.lock": lock });
  expect(found?.sentence).toBe("pyproject.toml declares it for dev");
  expect(found?.asked.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^pytest==7\.4\.4/u),
    expect.stringMatching(/^pytest-mock/u),
  ]);
});

test("of a file that stands beside the one that is started from", () => {
  const found = beside({ "requirements.txt": "numpy\n", "requirements-dev.txt": "black\npytest==6.2.0\n" });
  expect(found).toMatchObject({
    asked: [{ text: "pytest==6.2.0", location: { file: "requirements-dev.txt", line: 2 } }],
    sentence: "requirements-dev.txt declares it for dev",
  });
  expect(beside({ "requirements.txt": "numpy\n" })).toBeNull();
});
