import { expect, test } from "vitest";
import { readManifests } from "../index.ts";
import type { Manifest } from "../../model/index.ts";

const path = "noxfile.py";

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

test("what each session installs is its group's; what is computed is said", () => {
  const manifest = read(
    `import nox
DEPS = ["pytest", "coverage"]
@nox.session(python=["3.8", "3.9"])
def tests(session):
    """Runs tests."""
    session.install(*DEPS)
    session.install("-r", "requirements.txt", "-e", ".[test]")
    session.install("--upgrade", "attrs>=1")
    session.run("pytest", "-q", *session.posargs, env={"A": "b"})

@nox.session
def lint(session: nox.Session) -> None:
    session.install(f"black=={V}")
    session.run("black", ".")

@session(name="type-check")
@nox.parametrize("x", [1, 2])
def mypy(session, x):
    session.install("mypy", "types-requests")
`,
    { "requirements.txt": "flask==1\n" },
  );
  expect(brief(manifest)).toEqual([
    "tests:pytest@noxfile.py:2",
    "tests:coverage@noxfile.py:2",
    "tests:flask==1@requirements.txt:1",
    "tests:@noxfile.py:7",
    "tests:attrs>=1@noxfile.py:8",
    "type-check:mypy@noxfile.py:19",
    "type-check:types-requests@noxfile.py:19",
  ]);
  expect(manifest.findings).toMatchObject([{ rule: "noxfile-computed", line: 13 }]);
  expect(manifest.commands).toMatchObject([{ name: "tests", kind: "test", run: "pytest -q" }]);
});
