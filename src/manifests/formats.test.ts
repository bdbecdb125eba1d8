import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptsRequirements,
  addRequirements,
  manifestFormats,
  pinRequirements,
  readManifests,
} from "./index.ts";

/** Paths that each format takes for its own; a new format needs a line here. */
const samplePaths: Readonly<Record<string, readonly string[]>> = {
  "requirements.txt": [
    "requirements.txt",
    "requirements/dev.in",
    "dev-requirements.txt",
    "constraints.txt",
    "constraints-3.11.txt",
  ],
  "pyproject.toml": ["pyproject.toml"],
  "setup.cfg": ["setup.cfg"],
  "setup.py": ["setup.py"],
  Pipfile: ["Pipfile"],
  "tox.ini": ["tox.ini"],
  "noxfile.py": ["noxfile.py"],
  "pylock.toml": ["pylock.toml", "pylock.dev.toml"],
  "uv.lock": ["uv.lock", "script.py.lock"],
  "poetry.lock": ["poetry.lock"],
  "pdm.lock": ["pdm.lock", "pdm.dev.lock"],
  "Pipfile.lock": ["Pipfile.lock"],
  "conda-lock.yml": ["conda-lock.yml", "dev.conda-lock.yml"],
  "pixi.lock": ["pixi.lock"],
  "anaconda-project-lock.yml": ["anaconda-project-lock.yml"],
  "conda-explicit": ["conda-linux-64.lock", "environment-osx.lock", "spec-file.txt"],
  ".python-version": [".python-version"],
  "runtime.txt": ["runtime.txt"],
  Makefile: ["Makefile", "GNUmakefile"],
  Dockerfile: ["Dockerfile", "dockerfile", "Dockerfile-Local", "Dockerfile.gpu", ".devcontainer/Dockerfile"],
  "devcontainer.json": [".devcontainer/devcontainer.json", ".devcontainer.json"],
  "environment.yml": [
    "environment.yml",
    "binder/environment.yaml",
    "environment-local.yml",
    "conda.yaml",
    "envs/plot.yml",
  ],
  "anaconda-project.yml": ["anaconda-project.yml", "anaconda-project.yaml"],
  "conda-project.yml": ["conda-project.yml"],
  "dvc.yaml": ["dvc.yaml", "pipeline/dvc.yaml"],
  "pixi.toml": ["pixi.toml"],
  Snakefile: ["Snakefile", "workflow/Snakefile", "rules/plot.smk"],
  justfile: ["justfile", "Justfile", ".justfile"],
  "apt.txt": ["apt.txt", "binder/apt.txt"],
  binder: ["postBuild", "binder/start", ".binder/postBuild"],
  MLproject: ["MLproject"],
  "python_env.yaml": ["python_env.yaml"],
  ".tool-versions": [".tool-versions"],
  README: ["README.md", "readme.rst", "README.txt", "README"],
};

/** Pieces that make readers work, besides arbitrary text. */
const pieces = fc.constantFrom(
  ..."[project]|[[packages]]|[tool.poetry.dependencies]|dependencies = [|include-group|name = |==1.0|\"|'|```sh|``` |\\|\n|\n\n|\r\n".split(
    "|",
  ),
  ...'    |\t|-r x.txt|-e .|--hash=sha256:|; |#|@ |CMD ["|FROM python:|all: |$(X)|python x.py|&& |cd |::|..|\0|\ufeff|(|for i in|{'.split(
    "|",
  ),
);
const yamlPieces = fc.constantFrom(
  "dependencies:\n",
  "- numpy=1.2\n",
  "  - pip:\n",
  "    - x==1\n",
  "- x\n",
  "x: &a\n",
  "*a",
  "<<: *a\n",
  "? ",
  "- ",
  "{{ x }}",
  "commands:\n  run:\n",
  "    unix: python x.py\n",
  "env_specs:\n",
  "  inherit_from: a\n",
  "  a: ",
  "stages:\n",
  "  cmd: python x.py ${a.b}\n",
  "foreach: [1, 2]\n",
  "entry_points:\n",
  'command: "python {a}"\n',
  "rule all:\n    input: ",
  'shell: """',
  "[tasks]\n",
  'depends-on = ["a"]\n',
  'a = "python x.py"\n',
  "a b='c': d\n  python {{b}}\n",
  "python 3.9\n",
  "- ./x.whl\n",
  "# [win]\n",
  "---\n",
  "|\n",
  ">-\n",
  "!!set",
  "null",
  "~",
);
const text = fc.oneof(
  fc
    .array(fc.oneof(yamlPieces, yamlPieces, fc.string({ maxLength: 4 })), { maxLength: 30 })
    .map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 40 }).map((parts) => parts.join("")),
);

describe.each(manifestFormats.map((format) => [format.id, format] as const))("%s", (id, format) => {
  const paths = samplePaths[id] ?? [];

  test("takes its own paths, and no other format does", () => {
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      expect(manifestFormats.filter((other) => other.matches(path)).map((other) => other.id)).toEqual([id]);
    }
  });

  test("reads arbitrary text without throwing, from whatever it includes", () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...paths), (said, included, path) => {
        const manifest = format.read(path, said, { readFile: () => included, exists: () => true });
        expect(manifest.format).toBe(id);
        expect(manifest.path).toBe(path);
      }),
      { numRuns: 300 },
    );
  });

  test("an edit of nothing leaves every byte", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...paths), (said, path) => {
        if (format.edits === undefined) return;
        expect(pinRequirements(path, said, new Map())).toBe(said);
        if (acceptsRequirements(path, said)) expect(addRequirements(path, said, [])).toBe(said);
      }),
      { numRuns: 300 },
    );
  });

  test("an edit of something does not throw either", () => {
    const pins = new Map([["x", "1.0"]]);
    fc.assert(
      fc.property(text, fc.constantFrom(...paths), (said, path) => {
        if (format.edits === undefined) return;
        const once = pinRequirements(path, said, pins);
        expect(pinRequirements(path, once, pins)).toBe(once);
        if (acceptsRequirements(path, said)) addRequirements(path, said, ["zzz==1"]);
      }),
      { numRuns: 300 },
    );
  });
});

test("readManifests passes over what no format knows and what is not there", () => {
  const files = new Map([
    ["requirements.txt", "numpy\n"],
    ["notes.doc", "numpy"],
  ]);
  const manifests = readManifests(
    ["notes.doc", "requirements.txt", "pyproject.toml"],
    (path) => files.get(path) ?? null,
  );
  expect(manifests.map((manifest) => manifest.path)).toEqual(["requirements.txt"]);
});
