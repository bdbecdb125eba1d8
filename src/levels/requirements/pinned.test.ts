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

const pip = { "requirements.txt": "numpy\n" };
const conda = { "environment.yml": "name: x\nchannels: [conda-forge]\ndependencies: [numpy]\n" };

async function loose(...files: readonly Readonly<Record<string, string>>[]): Promise<readonly string[]> {
  const subject = await subjectWith(Object.assign({ "use.py": "import numpy\n" }, ...files));
  return pinnedDependencies(subject)
    .findings.filter(({ rule }) => rule === "unpinned-dependency")
    .map(({ message }) => message);
}

test("a lock of the Python index gives a requirement its version, a conda lock of that name does not", async () => {
  expect(await loose(pip, { "pylock.toml": pylock })).toEqual([]);
  expect(await loose(pip, { "conda-lock.yml": condaLock })).toEqual([
    "numpy is declared without a version (numpy)",
  ]);
  expect(await loose(pip)).toHaveLength(1);
});

test("what conda is asked for has its version from a lock of either", async () => {
  expect(await loose(conda, { "conda-lock.yml": condaLock })).toEqual([]);
  expect(await loose(conda, { "pylock.toml": pylock })).toEqual([]);
  expect(await loose(conda)).toHaveLength(1);
});

test("a lock that an install of the spec does not go by gives no version", async () => {
  const unpinned = ["numpy is declared without a version (numpy)"];
  expect(await loose(pip, { "sub/pylock.toml": pylock })).toEqual(unpinned);
  expect(await loose({ "requirements.txt": "numpy<2\n" }, { "pylock.toml": pylock })).toHaveLength(1);
  const twice = `${pylock}${pylock.slice(pylock.indexOf("[[")).replaceAll("2.1.0", "2.2.0")}`;
  expect(await loose(pip, { "pylock.toml": twice })).toEqual(unpinned);
});

test("a file with a hash here and none there is refused by pip, and so is not met", async () => {
  const hash = `--hash=sha256:${"a".repeat(64)}`;
  const check = async (text: string): Promise<readonly string[]> => {
    const subject = await subjectWith({ "use.py": "import click\n", "requirements.txt": text });
    const { evidence, findings } = pinnedDependencies(subject);
    return [evidence.status, ...findings.map(({ rule, line }) => `${rule}:${line}`)];
  };
  expect(await check(`click==8.1.8\nidna==3.10 ${hash}\n`)).toEqual(["missing", "half-hashed:1"]);
  expect(await check(`click==8.1.8 ${hash}\nidna==3.10 ${hash}\n`)).toEqual(["claimed"]);
  expect(await check("click==8.1.8\nidna==3.10\n")).toEqual(["claimed"]);
});
