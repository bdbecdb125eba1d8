import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { instructionsNameCommands } from "../requirements/instructions.ts";
import { pinnedDependencies } from "../requirements/pinned.ts";
import { subjectWith } from "../sample-subject.ts";
import { liftToGuided } from "./guided.ts";

const fixtures = path.resolve(import.meta.dirname, "../../../test/fixtures/locks");

const fixture = (tool: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fs
      .readdirSync(path.join(fixtures, tool))
      .map((name) => [name, fs.readFileSync(path.join(fixtures, tool, name), "utf8")]),
  );

const pylock = `lock-version = "1.0"
requires-python = ">=3.9"
[[packages]]
name = "click"
version = "8.1.8"
wheels = [{ url = "https://example.org/click-8.1.8-py3-none-any.whl", hashes = { sha256 = "${"0".repeat(64)}" } }]
`;
const environment = "channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - click\n";
const condaLock = `version: 1
package:
  - name: click
    version: 8.1.8
    manager: conda
    platform: linux-64
    url: https://conda.anaconda.org/conda-forge/noarch/click-8.1.8-pyh_0.conda
    hash: { md5: ${"0".repeat(32)} }
`;
const explicit = `# platform: linux-64\n@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/noarch/click-8.1.8-pyh_0.conda#${"0".repeat(32)}\n`;

/** What a lift to level 1 leaves: the install lines, the files that it changed, and what level 1 then says. */
async function lifted(files: Readonly<Record<string, string>>) {
  const all = {
    "hello.py": "import click\n",
    "rung.toml": 'python = "3.11"\n\n[commands.hello]\nrun = "python hello.py"\n',
    "README.md": `# Hello\n\n\`\`\`sh\n${files["requirements.txt"] === undefined ? "pip install ." : "pip install -r requirements.txt"}\npython hello.py\n\`\`\`\n`,
    ...files,
  };
  const subject = await subjectWith(all);
  const { commands } = subject.project;
  const lift = await liftToGuided({
    subject,
    commands,
    progress: () => undefined,
    environment: null,
    platforms: [],
  });
  const changed = Object.fromEntries(lift.changes.map((change) => [change.path, change.after]));
  const after = await subjectWith({ ...all, ...changed });
  const [, section = ""] = (changed["README.md"] ?? "").split("## Reproduce");
  return {
    changed: Object.keys(changed),
    lines: (/```sh\n([^`]*)```/u.exec(section)?.[1] ?? "").trim().split("\n"),
    needed: /(?:folder\. )(.* needed\.)/u.exec(section)?.[1] ?? "",
    missing: [instructionsNameCommands(after), pinnedDependencies(after)]
      .filter(({ evidence }) => evidence.status !== "claimed")
      .map(({ evidence }) => evidence.summary),
  };
}

const venv = ["python3 -m venv .venv", ". .venv/bin/activate"];
const uv = "python -m pip install uv";
const kinds: readonly (readonly [
  kind: string,
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
  needed: string,
])[] = [
  ["uv.lock", fixture("uv"), [...venv, uv, "uv sync --locked --no-install-project"], ""],
  ["poetry.lock", fixture("poetry"), [...venv, "poetry install --no-root"], "poetry is needed."],
  ["pdm.lock", fixture("pdm"), [...venv, "pdm sync --no-self"], "pdm is needed."],
  ["Pipfile.lock", fixture("pipenv"), [...venv, "pipenv sync"], "pipenv is needed."],
  [
    "pylock.toml",
    { "requirements.txt": "click\n", "pylock.toml": pylock },
    [...venv, uv, "uv pip sync pylock.toml"],
    "",
  ],
  [
    "requirements with hashes",
    { "README.md": "# Hello\n", ...fixture("hashed") },
    [...venv, "python -m pip install --require-hashes -r requirements.txt"],
    "",
  ],
  [
    "conda-lock.yml",
    { "environment.yml": environment, "conda-lock.yml": condaLock },
    ["conda-lock install --name NAME conda-lock.yml", "conda activate NAME"],
    "conda-lock is needed.",
  ],
  [
    "an explicit list of conda",
    { "environment.yml": environment, "conda-linux-64.lock": explicit },
    ["conda create --name NAME --file conda-linux-64.lock", "conda activate NAME"],
    "",
  ],
];

test.each(kinds)(
  "the lines that are written go by %s, and level 1 is content",
  async (_, files, lines, needed) => {
    const after = await lifted(files);
    expect(after.lines.map((line) => line.replaceAll(/rung-subject-\w+/gu, "NAME"))).toEqual(lines);
    expect(after).toMatchObject({ changed: ["README.md"], missing: [], needed });
  },
);

test("where the lock does not cover what is declared, the versions that it gives are pinned instead", async () => {
  const after = await lifted({
    "requirements.txt": "click\nidna==3.10\n",
    "pylock.toml": pylock,
    "hello.py": "import click, idna\n",
  });
  expect(after.changed).toEqual(["requirements.txt"]);
  expect(after.missing).toEqual([]);
});
