import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ladder, projectWith, rung, rungAt, rulesAt } from "../support/cli.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures/locks");

/** A sound project that needs click, declared and locked by a tool; its files as the tool wrote them. */
function lockedBy(tool: string, install: string): Readonly<Record<string, string>> {
  const folder = path.join(fixtures, tool);
  const own = fs.readdirSync(folder).filter((name) => name !== "requirements.in");
  return {
    ...Object.fromEntries(own.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")])),
    "hello.py": 'import click\n\nclick.echo("hello " + click.__version__)\n',
    "README.md": `# Hello\n\n\`\`\`sh\n${install}\npython hello.py\n\`\`\`\n`,
    "rung.toml": 'python = "3.11"\n\n[commands.hello]\nrun = "python hello.py"\n',
  };
}

/** PATH without the folders that hold a poetry. */
function withoutPoetry(): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((folder) => !fs.existsSync(path.join(folder, "poetry"))).join(path.delimiter);
}

/** pip of a fresh venv. */
function pipInstall(folder: string, requirements: string): { readonly code: number; readonly said: string } {
  const venv = path.join(folder, "venv");
  execFileSync("python3", ["-m", "venv", venv]);
  const pip = path.join(venv, "bin", "pip");
  const result = spawnSync(pip, ["install", "--require-hashes", "-r", requirements], { encoding: "utf8" });
  const list = spawnSync(pip, ["list", "--format", "freeze"], { encoding: "utf8" });
  return { code: result.status ?? -1, said: result.stderr + list.stdout };
}

const tools = [
  ["poetry", "poetry install", "poetry.lock (4 URLs recovered from https://pypi.org/simple)"],
  ["pipenv", "pipenv sync", "Pipfile.lock (2 URLs recovered from https://pypi.org/simple)"],
  ["pdm", "pdm sync", "pdm.lock (4 URLs recovered from https://pypi.org/simple)"],
  ["uv", "uv sync", "uv.lock"],
  [
    "hashed",
    "pip install -r requirements.txt",
    "requirements.txt (4 URLs recovered from https://pypi.org/simple)",
  ],
] as const;

describe.each(tools)("a project locked by %s", (tool, install, origin) => {
  test("is proved at level 3 from its own lock, and a climb writes nothing", () => {
    using project = projectWith(lockedBy(tool, install));
    const proved = ladder(["climb", "3", project.root, "--yes"]);
    expect(proved).toMatchObject({ level: 3, changed: [] });
    expect(
      rungAt(proved, 3)
        .evidence.map(({ summary }) => summary)
        .join("\n"),
    ).toContain(`made from ${origin},`);
    expect(fs.existsSync(path.join(project.root, "pylock.toml"))).toBe(false);
  }, 120_000);
});

/** What a shell says that follows the lines of the section that Rung wrote. */
function followed(root: string): string {
  const section = fs.readFileSync(path.join(root, "README.md"), "utf8").split("## Reproduce")[1] ?? "";
  const lines = [...section.matchAll(/```sh\n([^`]*)```/gu)].map((block) => block[1] ?? "");
  return execFileSync("bash", ["-e"], { cwd: root, input: lines.join("\n"), encoding: "utf8" });
}

const passedBy = [
  ["uv", "pip install .", "uv sync --locked"],
  ["pylock", "pip install -r requirements.txt", "uv pip sync pylock.toml"],
] as const;

test.each(passedBy)(
  "a README that passes by the lock of %s leaves level 1 unmet, and the lines that a climb writes give what is proved",
  (tool, install, written) => {
    const pylock = `lock-version = "1.0"
created-by = "by hand"
requires-python = "==3.11.*"
[[packages]]
name = "click"
version = "8.1.7"
wheels = [{ url = "https://files.pythonhosted.org/packages/00/2e/d53fa4befbf2cfa713304affc7ca780ce4fc1fd8710527771b58311a3229/click-8.1.7-py3-none-any.whl", hashes = { sha256 = "ae74fb96c20a0277a1d615f1e4d73c8414f5a98db8b799a7931d1582f3390c28" } }]
`;
    const { "pyproject.toml": spec = "", "uv.lock": lock = "", ...own } = lockedBy("uv", install);
    const files =
      tool === "uv"
        ? { "pyproject.toml": spec, "uv.lock": lock }
        : { "requirements.txt": "click\n", "pylock.toml": pylock };
    using project = projectWith({ ...own, ...files });
    const proved = ladder(["prove", "1", project.root]);
    expect(rungAt(proved, 1)).toMatchObject({ verdict: "unmet" });
    expect(rulesAt(proved, 1)).toEqual(["instruction-ignores-lock"]);
    const climbed = ladder(["climb", "2", project.root, "--yes"]);
    expect(climbed).toMatchObject({ level: 2, changed: ["README.md"] });
    expect(fs.readFileSync(path.join(project.root, "README.md"), "utf8")).toContain(written);
    expect(followed(project.root)).toContain(`hello ${tool === "uv" ? "8.1.8" : "8.1.7"}`);
  },
  240_000,
);

test("a README that installs pinned requirements passes by what a lock adds: level 3 is unmet until a climb mends it", () => {
  using project = projectWith({
    "hello.py": 'import jinja2\n\nprint(jinja2.Template("hello {{ x }}").render(x=1))\n',
    "requirements.txt": "jinja2==3.1.4\n",
    "README.md": "# Hello\n\n```sh\npip install -r requirements.txt\npython hello.py\n```\n",
    "rung.toml": 'python = "3.11"\n\n[commands.hello]\nrun = "python hello.py"\n',
  });
  expect(rung(["lock", project.root]).code).toBe(0);
  const proved = ladder(["prove", "3", project.root]);
  expect(proved.level).toBe(2);
  const [finding] = rungAt(proved, 3).findings;
  expect(finding).toMatchObject({ rule: "instruction-ignores-lock", file: "README.md", line: 4 });
  expect(finding?.why).toContain("markupsafe");
  expect(ladder(["climb", "3", project.root, "--yes"])).toMatchObject({ level: 3, changed: ["README.md"] });
  expect(followed(project.root)).toContain("hello 1");
  expect(ladder(["climb", "3", project.root, "--yes"])).toMatchObject({ level: 3, changed: [] });
}, 240_000);

const hashless = [
  [
    "Pipfile.lock without hashes",
    "pipenv",
    "Pipfile.lock",
    (text: string) => text.replaceAll(/"hashes": \[[^\]]*\],\s*/gu, ""),
    "made from Pipfile.lock (2 URLs and 2 hashes recovered from https://pypi.org/simple)",
  ],
  [
    "requirements of which one has no hash",
    "hashed",
    "requirements.txt",
    (text: string) => text.replace(/(colorama.*?) \\\n(?:\s+--hash.*\n)+/u, "$1\n"),
    "made from requirements.txt (4 URLs and 2 hashes recovered from https://pypi.org/simple)",
  ],
] as const;

test.each(hashless)(
  "%s: level 3 is claimed only once a climb has recovered the hashes, and the versions stay",
  (_, tool, name, without, said) => {
    const install = tool === "hashed" ? "pip install -r requirements.txt" : "pipenv sync";
    const files = lockedBy(tool, install);
    const lock = without(files[name] ?? "");
    using project = projectWith({ ...files, [name]: lock });
    const before = ladder(["prove", "3", project.root]);
    expect(before.level).toBe(2);
    expect(rulesAt(before, 3)).toContain("lock-missing-hash");
    const shown = rung(["lock", project.root, "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ path: "pylock.toml", written: true });
    expect((JSON.parse(shown.stdout) as { summary: string }).summary).toContain(said);
    fs.rmSync(path.join(project.root, "pylock.toml"));
    const climbed = rung(["climb", "3", project.root, "--yes"]);
    expect(climbed.stdout + climbed.stderr).toContain(said);
    expect(ladder(["status", project.root]).level).toBe(3);
    expect(fs.readFileSync(path.join(project.root, "pylock.toml"), "utf8")).toContain('version = "8.1.8"');
    expect(fs.readFileSync(path.join(project.root, name), "utf8")).toBe(lock);
  },
  120_000,
);

test("a hash that the index does not serve leaves level 3 unmet, with the line", () => {
  const files = lockedBy("poetry", "poetry install");
  const text = (files["poetry.lock"] ?? "").replace("sha256:63c132bb", "sha256:00000000");
  using project = projectWith({ ...files, "poetry.lock": text });
  const proved = ladder(["prove", "3", project.root]);
  expect(rungAt(proved, 3).verdict).toBe("unmet");
  const finding = rungAt(proved, 3).findings.find(({ rule }) => rule === "lock-artifact-gone");
  expect(finding).toMatchObject({ severity: "error", file: "poetry.lock", line: 11 });
}, 120_000);

test("without Poetry a stale lock is not touched, and pylock.toml keeps what versions it can", () => {
  const files = lockedBy("poetry", "poetry install");
  const spec = (files["pyproject.toml"] ?? "").replace('click = "~8.1"', 'click = "8.1.7"');
  using project = projectWith({ ...files, "pyproject.toml": spec });
  expect(rulesAt(ladder(["check", project.root]), 3)).toContain("lock-stale");
  const env = { PATH: withoutPoetry() };
  const said = rung(["lock", project.root, "--json"], { env });
  const { path: written, summary } = JSON.parse(said.stdout) as { path: string; summary: string };
  expect(written).toBe("pylock.toml");
  expect(summary).toContain("moved: click 8.1.8 to 8.1.7");
  expect(summary).toContain("poetry is not on PATH");
  expect(fs.readFileSync(path.join(project.root, "pylock.toml"), "utf8")).toContain('version = "0.4.6"');
  expect(fs.readFileSync(path.join(project.root, "poetry.lock"), "utf8")).toBe(files["poetry.lock"]);
}, 120_000);

test("with Poetry 1 on PATH the lock is made anew by it: in a copy, versions kept, without the owner's secrets", () => {
  using project = projectWith({
    ...lockedBy("poetry", "poetry install"),
    "../tools/bin/poetry": `#!/bin/sh
if [ "$1" = --version ]; then echo "Poetry (version 1.8.5)"; exit; fi
echo "# $* token=$OWNERS_TOKEN" >> poetry.lock
touch left-behind
`,
  });
  const folder = path.join(project.root, "../tools/bin");
  fs.chmodSync(path.join(folder, "poetry"), 0o755);
  const env = { PATH: [folder, withoutPoetry()].join(path.delimiter), OWNERS_TOKEN: "secret" };
  expect(JSON.parse(rung(["lock", project.root, "--json"], { env }).stdout)).toMatchObject({
    path: "poetry.lock",
    written: true,
  });
  const text = fs.readFileSync(path.join(project.root, "poetry.lock"), "utf8");
  expect(text.trimEnd().split("\n").at(-1)).toBe("# lock --no-interaction --no-update token=");
  expect(fs.readdirSync(project.root)).not.toContain("left-behind");
  expect(fs.existsSync(path.join(project.root, "pylock.toml"))).toBe(false);
}, 120_000);

test("uv's lock is made anew by uv, and says what moved", () => {
  const files = lockedBy("uv", "uv sync");
  const spec = (files["pyproject.toml"] ?? "").replace("click>=8.1,<8.2", "click==8.1.7");
  using project = projectWith({ ...files, "pyproject.toml": spec });
  const said = rung(["lock", project.root, "--json"]);
  expect(JSON.parse(said.stdout)).toMatchObject({ path: "uv.lock", written: true });
  expect(said.stdout).toContain("moved: click 8.1.8 to 8.1.7");
  expect(fs.existsSync(path.join(project.root, "pylock.toml"))).toBe(false);
}, 120_000);

describe("rung export", () => {
  test("writes requirements that pip installs with hashes required", () => {
    using project = projectWith(lockedBy("poetry", "poetry install"));
    const output = path.join(project.root, "out.txt");
    const said = rung(["export", project.root, "--format", "requirements", "-o", output]);
    expect(said).toMatchObject({ code: 0 });
    expect(said.stdout).toContain("from poetry.lock");
    expect(fs.readFileSync(output, "utf8")).toContain("--require-hashes -r out.txt\n");
    fs.writeFileSync(output, "mine\n");
    const again = ["export", project.root, "--format", "requirements", "-o", output];
    expect(rung(again)).toMatchObject({ code: 2 });
    expect(rung([...again, "--force"])).toMatchObject({ code: 0 });
    const pip = pipInstall(project.root, output);
    expect(pip.said).toContain("click==8.1.8");
    expect(pip.code).toBe(0);
  }, 120_000);

  test("prints each format, and says which there are", () => {
    using project = projectWith(lockedBy("uv", "uv sync"));
    expect(rung(["export", project.root, "--format", "environment"]).stdout).toContain("- click==8.1.8");
    const bom = rung(["export", project.root, "--format", "cyclonedx"]).stdout;
    expect(JSON.parse(bom)).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    expect(rung(["export", project.root, "--format", "cyclonedx"]).stdout).toBe(bom);
    expect(rung(["export", project.root, "--format", "pylock"]).stdout).toContain('lock-version = "1.0"');
    const wrong = rung(["export", project.root, "--format", "xml"]);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain("cyclonedx");
  }, 120_000);

  test("needs a lock", () => {
    using project = projectWith({ "requirements.txt": "click\n" });
    expect(rung(["export", project.root])).toMatchObject({ code: 5 });
  });
});
