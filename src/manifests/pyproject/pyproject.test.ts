import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import {
  addRequirements,
  acceptsRequirements,
  pinRequirements,
  readManifests,
  setRequiresPython,
} from "../index.ts";
import type { Manifest } from "../../model/index.ts";
import { poetrySpecifier } from "./poetry-constraint.ts";

function read(text: string, files: Readonly<Record<string, string>> = {}): Manifest {
  const [manifest] = readManifests(
    ["pyproject.toml"],
    (path) => ({ ...files, "pyproject.toml": text })[path] ?? null,
  );
  if (manifest === undefined) throw new Error("not read");
  return manifest;
}

const standard = `[build-system]
requires = ["hatchling"]

[project]
name = "thing"
version = "1"
requires-python = ">=3.10"
dependencies = [
  "numpy>=1.20,<3", # arrays
  'requests[socks]; python_version < "4"',
]

[project.optional-dependencies]
Plot = ["matplotlib"]

[project.scripts]
thing-run = "thing:main"

[dependency-groups]
base = ["pytest"]
dev = [{ include-group = "base" }, "ruff==0.1"]
`;

test("PEP 621 and 735: requirements with groups and lines, Python, scripts", () => {
  const manifest = read(standard);
  expect(manifest.findings).toEqual([]);
  expect(manifest.projectName).toBe("thing");
  expect(manifest.python).toEqual({ specifier: ">=3.10", location: { file: "pyproject.toml", line: 7 } });
  expect(manifest.requirements.map((r) => `${r.group}:${r.name}${r.specifier}:${r.location.line}`)).toEqual([
    ":numpy>=1.20,<3:9",
    ":requests:10",
    "plot:matplotlib:14",
    "build-system:hatchling:2",
    "base:pytest:20",
    "dev:pytest:20",
    "dev:ruff==0.1:21",
  ]);
  expect(manifest.commands).toMatchObject([
    { name: "thing-run", run: "thing-run", kind: "run", origin: "found" },
  ]);
});

test("Poetry: constraints, groups, extras, git and the Python", () => {
  const manifest = read(`[tool.poetry]
name = "old"
[tool.poetry.dependencies]
python = "^3.9"
numpy = "^1.20"
plot = { version = "*", optional = true }
lib = { git = "https://example.org/lib.git", rev = "v2" }
[tool.poetry.extras]
drawing = ["plot"]
[tool.poetry.group.dev.dependencies]
pytest = "~7.1"
`);
  expect(manifest.projectName).toBe("old");
  expect(manifest.python?.specifier).toBe(">=3.9,<4");
  expect(manifest.requirements.map((r) => `${r.group}:${r.name}${r.specifier}${r.url ?? ""}`)).toEqual([
    ":numpy>=1.20,<2",
    "drawing:plot",
    ":libgit+https://example.org/lib.git@v2",
    "dev:pytest>=7.1,<7.2",
  ]);
});

test.each([
  ["^1.2.3", ">=1.2.3,<2"],
  ["^0.2.3", ">=0.2.3,<0.3"],
  ["^0.0.3", ">=0.0.3,<0.0.4"],
  ["^0", ">=0,<1"],
  ["~1", ">=1,<2"],
  ["~1.2.3", ">=1.2.3,<1.3"],
  ["1.2.3", "==1.2.3"],
  ["1.*", "==1.*"],
  [">=1,<2", ">=1,<2"],
  [">= 1.0 < 2", ">=1.0,<2"],
  ["*", ""],
  ["^1 || ^2", null],
  ["nonsense", null],
])("Poetry's %s is %s", (constraint, specifier) => {
  expect(poetrySpecifier(constraint)).toBe(specifier);
});

test("dynamic dependencies come from the file that setuptools reads", () => {
  const text =
    '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["reqs.txt"] }\n';
  expect(read(text, { "reqs.txt": "numpy\n" }).requirements).toMatchObject([
    { name: "numpy", location: { file: "reqs.txt", line: 1 } },
  ]);
  expect(read(text).findings).toMatchObject([{ rule: "requirements-include-missing", line: 5 }]);
});

test("the tables of uv, PDM, Hatch and Poetry 2 beside [project]", () => {
  const manifest = read(
    `[project]
name = "x"
dependencies = ["torch", "mem", "req>=2", "plain", "path-lib"]
[tool.uv]
dev-dependencies = ["ruff>=1"]
constraint-dependencies = ["six<2"]
find-links = ["./wheels"]
[tool.uv.workspace]
members = ["packages/*"]
[tool.uv.sources]
torch = [{ index = "pt", marker = "sys_platform == 'linux'" }]
mem = { workspace = true }
req = { git = "https://example.org/r.git", tag = "v1", subdirectory = "s" }
path-lib = [{ path = "p", editable = true, marker = "os_name == 'nt'" }, { url = "https://example.org/p.zip" }]
[[tool.uv.index]]
name = "pt"
url = "https://example.org/cpu"
[[tool.uv.index]]
url = "https://example.org/simple"
default = true
[tool.pdm.dev-dependencies]
Doc_s = ["sphinx", "-e file:///\${PROJECT_ROOT}/sub#egg=sub"]
[tool.pdm.resolution.overrides]
asgiref = "3.2.10"
[tool.hatch.envs.lint]
extra-dependencies = ["black"]
[tool.poetry.dependencies]
plain = { path = "plain", develop = true }
python = "~2.7 || ^3.6"
multi = [{ version = "<1", python = "<3" }, { version = ">=1", python = ">=3" }]
[[tool.poetry.source]]
name = "a"
url = "https://example.org/a"
priority = "supplemental"
[[tool.poetry.source]]
name = "b"
url = "https://example.org/b"
`,
    { "packages/mem/pyproject.toml": "" },
  );
  expect(manifest.findings).toEqual([]);
  expect(
    manifest.requirements.map(
      (r) =>
        `${r.group}:${r.name}${r.specifier} ${r.url ?? ""}${r.editable ? " editable" : ""} ${r.marker ?? ""}`,
    ),
  ).toEqual([
    ":torch  ",
    ":mem ./packages/mem ",
    ":req>=2 git+https://example.org/r.git@v1#subdirectory=s ",
    ":plain plain editable ",
    ":path-lib p editable os_name == 'nt'",
    ":path-lib https://example.org/p.zip ",
    ':multi<1  python_version < "3"',
    ':multi>=1  python_version >= "3"',
    "doc-s:sphinx  ",
    "doc-s:sub ./sub#egg=sub editable ",
    "lint:black  ",
    "dev:ruff>=1  ",
  ]);
  expect(manifest.constraints.map((r) => `${r.name}${r.specifier}`)).toEqual(["asgiref==3.2.10", "six<2"]);
  expect(manifest.python?.specifier).toBe(">=3.6,<4");
  expect(
    manifest.indexes.map(({ kind, url, location }) => `${kind} ${url} ${String(location.line)}`),
  ).toEqual([
    "extra-index https://example.org/a 33",
    "index https://example.org/b 37",
    "extra-index https://example.org/cpu 17",
    "index https://example.org/simple 19",
    "find-links ./wheels 7",
  ]);
});

test.each([
  ["[project\n", "pyproject-invalid", 1],
  ['[project]\ndependencies = ["a b c"]\n', "requirement-invalid", 2],
  ['[project]\ndependencies = "numpy"\n', "pyproject-invalid", 2],
  ["[project]\nrequires-python = 3.11\n", "pyproject-invalid", 2],
  [
    '[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "a" }]\n',
    "pyproject-invalid",
    3,
  ],
  ['[dependency-groups]\na = [{ include-group = "gone" }]\n', "pyproject-invalid", 2],
])("%j is a finding", (text, rule, line) => {
  expect(read(text).findings[0]).toMatchObject({ rule, line });
});

describe("edits", () => {
  const pins = new Map([
    ["numpy", "2.1.0"],
    ["requests", "2.32.3"],
    ["pytest", "8.3.3"],
    ["hatchling", "1.0"],
  ]);

  test("pinning changes the strings alone, and not what builds", () => {
    expect(pinRequirements("pyproject.toml", standard, pins)).toBe(
      standard
        .replace('"numpy>=1.20,<3", # arrays', '"numpy==2.1.0", # arrays')
        .replace("'requests[socks]; python", "'requests[socks]==2.32.3; python")
        .replace('"pytest"', '"pytest==8.3.3"'),
    );
  });

  test("Poetry's constraints become exact", () => {
    const text =
      '[tool.poetry.dependencies]\npython = "^3.9"\nnumpy = "^1" # x\nrequests = { version = "*", extras = ["socks"] }\n';
    expect(pinRequirements("pyproject.toml", text, pins)).toBe(
      '[tool.poetry.dependencies]\npython = "^3.9"\nnumpy = "2.1.0" # x\nrequests = { version = "2.32.3", extras = ["socks"] }\n',
    );
  });

  test.each([
    [
      'dependencies = [\n  "a", # one\n  "b" # two\n]',
      'dependencies = [\n  "a", # one\n  "b", # two\n  "c==1",\n]',
    ],
    ['dependencies = ["a"]', 'dependencies = ["a", "c==1"]'],
    ['dependencies = ["a", ]', 'dependencies = ["a", "c==1" ]'],
    ["dependencies = []", 'dependencies = [\n    "c==1",\n]'],
    ['version = "1"', 'version = "1"\ndependencies = [\n    "c==1",\n]'],
    ["dependencies = ['a',\n  'b']", "dependencies = ['a',\n  'b',\n  'c==1',]"],
  ])("adding to %j", (before, after) => {
    const text = `[project]\nname = "x"\n${before}\n\n[tool.other]\nk = 1\n`;
    const edited = addRequirements(
      "pyproject.toml",
      text,
      ["a==9", "c==1"].slice(before.includes("a") ? 0 : 1),
    );
    expect(edited).toBe(text.replace(before, after));
    expect(() => parse(edited)).not.toThrow();
  });

  test("a pyproject.toml without [project] has no place for requirements, and says so", () => {
    expect(acceptsRequirements("pyproject.toml", "[tool.x]\n")).toBe(false);
    expect(() => addRequirements("pyproject.toml", "[tool.x]\n", ["a"])).toThrow("has no [project] table");
  });

  test("requires-python is replaced or put beside the version", () => {
    expect(setRequiresPython(standard, ">=3.11")).toBe(standard.replace(">=3.10", ">=3.11"));
    expect(setRequiresPython('[project]\nname = "x"\nversion = "1" # v\n[a]\n', "==3.12.*")).toBe(
      '[project]\nname = "x"\nversion = "1" # v\nrequires-python = "==3.12.*"\n[a]\n',
    );
    expect(setRequiresPython("[tool.x]\n", "==3.12.*")).toBeNull();
  });
});

test.each([
  '[tool.poetry.dependencies]\na = { version = "1", extras = [{}] }\n',
  "[tool.poetry.extras]\na = [{}]\n",
  "[tool.setuptools.dynamic]\ndependencies = { file = [{}] }\n",
])("a table where a text should be throws nothing: %s", (text) => {
  expect(readManifests(["pyproject.toml"], () => text)).toHaveLength(1);
});
