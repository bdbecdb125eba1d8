import { expect, test } from "vitest";
import { subjectWith } from "../sample-subject.ts";
import { instructionsNameCommands } from "./instructions.ts";

const pylock = 'lock-version = "1.0"\n[[packages]]\nname = "numpy"\nversion = "2.1.0"\n';

async function said(install: string, spec = "numpy\n"): Promise<readonly string[]> {
  const subject = await subjectWith({
    "README.md": `# A\n\n\`\`\`sh\n${install}\npython use.py\n\`\`\`\n`,
    "requirements.txt": spec,
    "pylock.toml": pylock,
    "use.py": "import numpy\n",
  });
  return instructionsNameCommands(subject)
    .findings.filter(({ rule }) => rule === "instruction-ignores-lock")
    .map(({ message, file, line }) => `${file}:${line} ${message}`);
}

test("instructions that install what the lock decides without it are told", async () => {
  expect(await said("pip install -r requirements.txt")).toEqual([
    "README.md:4 README.md does not install from pylock.toml",
  ]);
  expect(await said("pip install -r pylock.toml")).toEqual([]);
  expect(await said("uv sync")).toEqual([]);
  expect(await said("pip install -r requirements.txt", "numpy==2.1.0\n")).toEqual([]);
});
