import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ladder, projectWith, pythonMinor, rulesAt, rungAt } from "../support/cli.ts";

const timeout = 240_000;

/** A build backend in the project's own tree that tries, first of all, what `attempts` says; no package is needed. */
const backend = (attempts: string): string => `
import os, zipfile
def attempt(action):
    try: return str(action())
    except OSError as error: return "refused"
${attempts}
record = "nosy-1.0.dist-info/"
def build_wheel(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(os.path.join(folder, "nosy-1.0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("nosy.py", "def main(): print(%r)\\n" % key)
        wheel.writestr(record + "METADATA", "Metadata-Version: 2.1\\nName: nosy\\nVersion: 1.0\\nRequires-Dist: idna==3.7\\n")
        wheel.writestr(record + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(record + "entry_points.txt", "[console_scripts]\\nnosy = nosy:main\\n")
        wheel.writestr(record + "RECORD", "")
    return "nosy-1.0-py3-none-any.whl"
`;

const files = (attempts: string): Record<string, string> => ({
  "project/backend.py": backend(attempts),
  "project/pyproject.toml": `[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "nosy"
version = "1.0"
requires-python = "==${pythonMinor}.*"
dependencies = ["idna==3.7"]

[project.scripts]
nosy = "nosy:main"
`,
  "project/README.md": "# Nosy\n\n```sh\npip install .\nnosy\n```\n",
  "home/.ssh/id_rsa": "PRIVATE",
});

describe.each(["bubblewrap", "unshare"])("a hostile build under %s", (kind) => {
  const variables = (home: string): Record<string, string> => ({
    HOME: home,
    PYENV_ROOT: process.env["PYENV_ROOT"] ?? path.join(os.homedir(), ".pyenv"),
    RUNG_ISOLATION: kind,
  });

  test("reads no secret, writes nothing, and the build itself works", { timeout }, () => {
    using machine = projectWith({});
    const root = path.join(machine.root, "project");
    const home = path.join(machine.root, "home");
    const planted = files(`
key = attempt(lambda: open(os.path.expanduser("~/.ssh/id_rsa")).read())
attempt(lambda: open(os.path.expanduser("~/planted"), "w").write("x"))
attempt(lambda: open(${JSON.stringify(root)} + "/planted", "w").write("x"))
attempt(lambda: open(${JSON.stringify(machine.root)} + "/planted", "w").write("x"))
attempt(lambda: open(${JSON.stringify(path.join(root, "README.md"))}, "a").write("x"))
`);
    for (const [name, text] of Object.entries(planted)) {
      fs.mkdirSync(path.dirname(path.join(machine.root, name)), { recursive: true });
      fs.writeFileSync(path.join(machine.root, name), text);
    }
    const result = ladder(["prove", "2", root], { env: variables(home) });
    expect(fs.readdirSync(machine.root).sort()).toEqual(["home", "project"]);
    expect(fs.readdirSync(root).sort()).toEqual([".rung", "README.md", "backend.py", "pyproject.toml"]);
    expect(fs.readFileSync(path.join(root, "README.md"), "utf8")).toBe(planted["project/README.md"]);
    expect(fs.readdirSync(home)).not.toContain("planted");
    const stored = fs.globSync(path.join(root, ".rung/**/*")).filter((file) => fs.statSync(file).isFile());
    const texts = stored.map((file) => fs.readFileSync(file, "latin1"));
    expect(texts.some((text) => text === "refused\n")).toBe(true);
    expect(texts.some((text) => text.includes("PRIVATE"))).toBe(false);
    expect(result.rungs.map(({ verdict }) => verdict).slice(0, 2)).toEqual(["met", "met"]);
    const evidence = result.rungs.flatMap((one) => one.evidence.map(({ summary }) => summary)).join("\n");
    expect(evidence).not.toContain("not confined");
  });

  test("that cannot go on without writing elsewhere is a finding", { timeout }, () => {
    using machine = projectWith(files(`key = ""\nopen("/planted", "w")\n`));
    const root = path.join(machine.root, "project");
    const result = ladder(["prove", "0", root], { env: variables(path.join(machine.root, "home")) });
    expect(result.level).toBeNull();
    expect(rulesAt(result, 0)).toEqual(["build-leaves-its-folder"]);
    expect(fs.existsSync("/planted")).toBe(false);
  });
});

test("where nothing can confine, the verdict says so", { timeout }, () => {
  using machine = projectWith(files(`key = "unconfined"`));
  const result = ladder(["prove", "0", path.join(machine.root, "project")], {
    env: { RUNG_ISOLATION: "none" },
  });
  expect(
    rungAt(result, 0)
      .evidence.map(({ summary }) => summary)
      .join(),
  ).toContain("builds are not confined");
});
