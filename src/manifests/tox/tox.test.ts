import { expect, test } from "vitest";
import { readManifests } from "../index.ts";
import type { Manifest } from "../../model/index.ts";

const path = "tox.ini";

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

test("each environment's requirements are its group's; references, factors and files are followed", () => {
  const manifest = read(
    `[tox]
envlist = py{36,37}, lint
[base]
deps =
    pytest
    pytest-cov<3
[testenv]
deps =
    {[base]deps}
    -r{toxinidir}/requirements.txt
    -rrequirements.txt
    py27: mock
    !dev: extra ; python_version < "3"
commands =
    pytest --cov {posargs:tests}
    python -m unittest discover
[testenv:lint]
deps = flake8
commands = flake8 src
[testenv:docs]
deps =
    sphinx  # why
commands = sphinx-build . {envtmpdir}
`,
    { "requirements.txt": "flask==1\n" },
  );
  expect(manifest.findings).toEqual([]);
  expect(brief(manifest)).toEqual([
    "tox:pytest@tox.ini:5",
    "tox:pytest-cov<3@tox.ini:6",
    "tox:flask==1@requirements.txt:1",
    "tox:mock@tox.ini:12",
    "tox:extra@tox.ini:13",
    "lint:flake8@tox.ini:18",
    "docs:sphinx@tox.ini:22",
  ]);
  expect(manifest.commands.map(({ kind, run }) => [kind, run])).toEqual([
    ["test", "pytest --cov tests"],
    ["test", "python -m unittest discover"],
  ]);
});

test("a reference to itself ends", () => {
  expect(read("[testenv]\ndeps = {[testenv]deps}\n").requirements).toEqual([]);
});
