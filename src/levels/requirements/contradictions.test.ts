import { expect, test } from "vitest";
import { subjectWith } from "../sample-subject.ts";
import { contradictions } from "./contradictions.ts";

async function told(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { project } = await subjectWith(files);
  return contradictions(project, "error").map(
    ({ rule, file, line, message }) => `${rule} ${file ?? ""}:${String(line)} ${message}`,
  );
}

test.each([
  [
    { "requirements.txt": "six==1.16.0\n", "setup.py": "setup(\n  install_requires=['six<1.16'])\n" },
    ["declared-twice setup.py:2 six is declared as <1.16 here and as ==1.16.0 in requirements.txt:1"],
  ],
  [
    { "requirements.txt": "torch==2.1\n", "environment.yml": "dependencies:\n  - pytorch=1.13\n" },
    [
      "declared-twice requirements.txt:1 torch is declared as ==2.1 here and as ==1.13.* in environment.yml:2",
    ],
  ],
  [
    { "setup.cfg": "[options]\ninstall_requires =\n  a>=2\n", Pipfile: '[packages]\na = "==1"\n' },
    ["declared-twice setup.cfg:3 a is declared as >=2 here and as ==1 in Pipfile:2"],
  ],
  [
    { "requirements.txt": "a>=1\na<3\na==4\n" },
    ["declared-twice requirements.txt:3 a is declared as ==4 here and as <3 in requirements.txt:2"],
  ],
  [
    { "runtime.txt": "python-3.7\n", "setup.py": "setup(python_requires='>=3.10')\n" },
    ["python-contradiction setup.py:1 runtime.txt:1 asks for Python ==3.7.*, setup.py:1 for >=3.10"],
  ],
])("%j", async (files, expected) => {
  expect(await told(files)).toEqual(expected);
});

test.each([
  // What tests, extras and tools need is for another environment.
  { "requirements.txt": "a==1\n", "requirements-dev.txt": "a==2\n", "tox.ini": "[testenv]\ndeps = a==3\n" },
  { "requirements.txt": "a==1; os_name == 'nt'\na==2; os_name != 'nt'\n" },
  { "requirements.txt": "a>=1\n", "setup.py": "setup(install_requires=['a>1,<2'])\n" },
  { "environment.yml": "dependencies:\n  - libgcc=1\n", "requirements.txt": "libgcc==2\n" },
])("%j do not contradict themselves", async (files) => {
  expect(await told(files)).toEqual([]);
});
