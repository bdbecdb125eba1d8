import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import { binderFindings } from "./binder.ts";
import { chooseSpec } from "./spec.ts";

const conda = "dependencies:\n  - numpy=1.22\n";
const setup = "from setuptools import setup\nsetup(install_requires=['numpy'])\n";
const pyproject = '[project]\nname = "a"\nversion = "1"\ndependencies = ["numpy"]\n';
const anaconda = "packages:\n  - numpy\n";

const specOf = (files: Readonly<Record<string, string>>, folder = ""): string | null =>
  chooseSpec(
    readManifests(
      Object.keys(files),
      (path) => files[path] ?? null,
      (path) => path in files,
    ),
    folder,
  )?.path ?? null;

test.each<[string, Readonly<Record<string, string>>, string | null]>([
  [
    "requirements.txt before all",
    { "environment.yml": conda, "requirements.txt": "six\n" },
    "requirements.txt",
  ],
  ["an empty requirements.txt too", { "environment.yml": conda, "requirements.txt": "" }, "requirements.txt"],
  ["conda under any name", { "conda.yaml": conda }, "conda.yaml"],
  [
    "anaconda-project.yml",
    { "environment.yml": conda, "anaconda-project.yml": anaconda },
    "anaconda-project.yml",
  ],
  ["pixi.toml", { "pixi.toml": '[workspace]\nname = "a"\n[dependencies]\nnumpy = "*"\n' }, "pixi.toml"],
  ["setup.py", { "setup.py": setup, "environment.yml": conda }, "setup.py"],
  ["setup.cfg", { "setup.cfg": "[options]\ninstall_requires = numpy\n" }, "setup.cfg"],
  [
    "the file that MLproject names, which can be edited",
    { MLproject: "name: a\nconda_env: conda.yaml\n", "conda.yaml": conda },
    "conda.yaml",
  ],
  [
    "what runs before what is worked with",
    { "requirements-dev.txt": "pytest\n", "environment.yml": conda },
    "environment.yml",
  ],
  [
    "the usual name before others",
    { "environment-gpu.yml": conda, "environment.yml": conda },
    "environment.yml",
  ],
  ["a pyproject.toml of tools alone is none", { "pyproject.toml": "[tool.black]\nline-length = 9\n" }, null],
  [
    "a Dockerfile only alone",
    { Dockerfile: "FROM python:3.11\nRUN pip install six\n", "environment.yml": conda },
    "environment.yml",
  ],
  ["and alone", { Dockerfile: "FROM python:3.11\nRUN pip install six\n" }, "Dockerfile"],
  [
    "the root before binder/",
    { "binder/environment.yml": conda, "pyproject.toml": pyproject },
    "pyproject.toml",
  ],
  [
    "environment.yml first in binder/",
    { "binder/requirements.txt": "six\n", "binder/environment.yml": conda },
    "binder/environment.yml",
  ],
  [
    "Pipfile next",
    { "binder/requirements.txt": "six\n", "binder/Pipfile": '[packages]\nsix = "*"\n' },
    "binder/Pipfile",
  ],
  [
    "binder/ before .binder/",
    { ".binder/environment.yml": conda, "binder/requirements.txt": "six\n" },
    "binder/requirements.txt",
  ],
  [".binder/ alone", { ".binder/requirements.txt": "six\n" }, ".binder/requirements.txt"],
  [
    "Binder's before other folders",
    { "conda/environment.yml": conda, "binder/requirements.txt": "six\n" },
    "binder/requirements.txt",
  ],
  ["nothing", { "README.md": "# A\n" }, null],
])("%s", (_, files, expected) => {
  expect(specOf(files)).toBe(expected);
});

test("the spec of a folder is the one that stands in it", () => {
  const files = { "sub/environment.yml": conda, "sub/binder/requirements.txt": "six\n" };
  expect(specOf(files, "sub")).toBe("sub/environment.yml");
});

test("both of Binder's folders at once are one finding", () => {
  const paths = ["binder/environment.yml", "binder/postBuild", ".binder/start", ".binder/apt.txt"];
  expect(binderFindings(paths)).toMatchObject([{ rule: "binder-folders-contradict", file: ".binder/start" }]);
  expect(binderFindings(["binder/environment.yml"])).toEqual([]);
});

const pipfile = '[packages]\nnumpy = "*"\n[requires]\npython_version = "3.11"\n';
const lock = JSON.stringify({
  _meta: { "pipfile-spec": 6, requires: { python_version: "3.11" } },
  default: { numpy: { version: "==1.26.4", hashes: [`sha256:${"0".repeat(64)}`] } },
  develop: {},
});

test("a requirements.txt that is an export of the lock beside it stays what is installed", () => {
  const files = { Pipfile: pipfile, "Pipfile.lock": lock, "requirements.txt": "numpy==1.26.4\n" };
  expect(specOf(files)).toBe("requirements.txt");
});

test("one that names what the lock does not hold yields to what the lock is made from", () => {
  const frozen = "appnope==0.1.3\nnumpy==1.26.4\n";
  const files = { Pipfile: pipfile, "Pipfile.lock": lock, "requirements.txt": frozen };
  expect(specOf(files)).toBe("Pipfile");
  expect(specOf({ Pipfile: pipfile, "requirements.txt": frozen })).toBe("requirements.txt");
  const onMac = { ...files, "requirements.txt": 'appnope==0.1.3; sys_platform == "darwin"\nnumpy==1.26.4\n' };
  expect(specOf(onMac)).toBe("requirements.txt");
});
