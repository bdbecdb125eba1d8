import { expect, test } from "vitest";
import { subjectWith } from "../sample-subject.ts";
import { pinnedDependencies } from "./pinned.ts";

const condaLock = `version: 1
metadata:
  platforms: [linux-64]
package:
- name: numpy
  version: 2.1.0
  manager: conda
  platform: linux-64
  url: https://conda.example/linux-64/numpy-2.1.0-0.conda
`;
const pylock = `lock-version = "1.0"
[[packages]]
name = "numpy"
version = "2.1.0"
wheels = [{ url = "https://files.example/numpy-2.1.0-py3-none-any.whl", hashes = {} }]
`;

async function looseWith(lock: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const subject = await subjectWith({
    "requirements.txt": "numpy\n",
    "use.py": "import numpy\n",
    ...lock,
  });
  return pinnedDependencies(subject)
    .findings.filter(({ rule }) => rule === "unpinned-dependency")
    .map(({ message }) => message);
}

test("a lock of the Python index gives a requirement its version, a conda lock of that name does not", async () => {
  expect(await looseWith({ "pylock.toml": pylock })).toEqual([]);
  expect(await looseWith({ "conda-lock.yml": condaLock })).toEqual([
    "numpy is declared without a version (numpy)",
  ]);
  expect(await looseWith({})).toHaveLength(1);
});
