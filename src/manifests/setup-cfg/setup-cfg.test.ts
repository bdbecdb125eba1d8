import { expect, test } from "vitest";
import { readManifests } from "../index.ts";
import type { Manifest } from "../../model/index.ts";

const path = "setup.cfg";

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

test("lists, files, extras, the Python and scripts", () => {
  const manifest = read(
    `[metadata]
name = thing
version = attr: thing.__version__
[options]
packages = find:
python_requires = >=3.8
install_requires =
    numpy>=1.2
    # a comment
    requests[socks]; python_version < "3.9"
    git+https://x.org/y.git#egg=y
setup_requires = setuptools_scm; wheel
[options.extras_require]
dev = file: requirements.txt
docs =
  sphinx
[options.entry_points]
console_scripts =
    thing = thing.cli:main
[flake8]
max-line-length = 100
`,
    { "requirements.txt": "flask==1\n" },
  );
  expect(manifest.findings).toEqual([]);
  expect(manifest.projectName).toBe("thing");
  expect(manifest.python).toEqual({ specifier: ">=3.8", location: { file: "setup.cfg", line: 6 } });
  expect(brief(manifest)).toEqual([
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
