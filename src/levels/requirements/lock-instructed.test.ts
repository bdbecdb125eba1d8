import { expect, test } from "vitest";
import { subjectWith } from "../sample-subject.ts";
import { instructionsNameCommands } from "./instructions.ts";

const pylock = 'lock-version = "1.0"\n[[packages]]\nname = "numpy"\nversion = "2.1.0"\n';

const poetry = '[[package]]\nname = "numpy"\nversion = "2.1.0"\noptional = false\nfiles = []\n';

async function said(
  install: string,
  more: Readonly<Record<string, string>> = { "pylock.toml": pylock },
): Promise<readonly string[]> {
  const subject = await subjectWith({
    "README.md": `# A\n\n\`\`\`sh\n${install}\npython use.py\n\`\`\`\n`,
    "requirements.txt": "numpy\n",
    "use.py": "import numpy\n",
    ...more,
  });
  return instructionsNameCommands(subject)
    .findings.filter(({ rule }) => rule === "instruction-ignores-lock")
    .map(({ severity, message, file, line }) => `${severity} ${file}:${line} ${message}`);
}

const ignored = (lock: string, line = 4): readonly string[] => [
  `error README.md:${line} README.md does not install from ${lock}`,
];

test("instructions that leave open what the lock decides leave level 1 unmet", async () => {
  expect(await said("pip install -r requirements.txt")).toEqual(ignored("pylock.toml"));
  expect(await said("python -m venv v\npip install -r requirements.txt")).toEqual(ignored("pylock.toml", 5));
  expect(await said("pip install -r pylock.toml")).toEqual([]);
  expect(await said("pip install uv\nuv pip sync pylock.toml")).toEqual([]);
});

test("what the spec pins needs no lock", async () => {
  const pinned = { "requirements.txt": "numpy==2.1.0\n", "pylock.toml": pylock };
  expect(await said("pip install -r requirements.txt", pinned)).toEqual([]);
});

test("only the tool of the lock goes by it", async () => {
  expect(await said("uv sync")).toEqual(ignored("pylock.toml"));
  const locked = { "poetry.lock": poetry };
  expect(await said("pip install poetry\npoetry install", locked)).toEqual([]);
  expect(await said("python -m poetry sync --no-root", locked)).toEqual([]);
  expect(await said("pdm install", locked)).toEqual(ignored("poetry.lock"));
  expect(await said("pip install -r requirements.txt\nuv run use.py", locked)).toEqual(
    ignored("poetry.lock"),
  );
});

test("a tool that is told to choose anew, or to lock something else, does not go by its lock", async () => {
  const files = {
    Pipfile: '[packages]\nnumpy = "*"\n',
    "Pipfile.lock":
      '{"_meta": {}, "default": {"numpy": {"version": "==2.1.0", "hashes": []}}, "develop": {}}',
  };
  expect(await said("pipenv install", files)).toEqual([]);
  expect(await said("pipenv install --deploy", files)).toEqual([]);
  expect(await said("pipenv install --skip-lock", files)).toEqual(ignored("Pipfile.lock"));
  expect(await said("pipenv install -r requirements.txt", files)).toEqual(ignored("Pipfile.lock"));
});

test("another lock with the same versions serves, with others it does not", async () => {
  const both = { "pylock.toml": pylock, "poetry.lock": poetry };
  expect(await said("poetry install", both)).toEqual([]);
  const moved = { ...both, "poetry.lock": poetry.replace("2.1.0", "2.1.1") };
  expect(await said("poetry install", moved)).toEqual(ignored("pylock.toml"));
});

test("a tool that installs before it runs goes by its lock, in the folder of the clone too", async () => {
  const locked = {
    "pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["numpy"]\n',
    "uv.lock": '[[package]]\nname = "numpy"\nversion = "2.1.0"\n',
  };
  const other = "pip install -r requirements.txt";
  expect(await said(other, locked)).toEqual(ignored("uv.lock"));
  for (const line of ["uv run use.py", "cd a-clone\nuv run jupyter lab"]) {
    const [warning, ...more] = await said(`${line}\n${other}`, locked);
    expect(warning).toMatch(
      /^warning README\.md:\d+ README\.md installs from uv\.lock, and in another line/u,
    );
    expect(more).toEqual([]);
  }
});

test("a line that passes by the lock beside one that goes by it is a warning", async () => {
  expect(await said("pip install -r requirements.txt\n# or\nuv pip sync pylock.toml")).toEqual([
    "warning README.md:4 README.md installs from pylock.toml, and in another line without it",
  ]);
});
