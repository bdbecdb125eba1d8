import { expect, test } from "vitest";
import { addRequirements, pinRequirements, readManifests, toPypiRequirement } from "../index.ts";

const fixture = `# What the analysis runs with
name: &env climate
channels:
  - conda-forge   # the only one
  - nodefaults
dependencies:
  - python=3.9
  - numpy=1.22.*
  - "pandas>=1.3,<2"
  - conda-forge::netcdf4 1.5.8
  - pytorch==1.12.1=py3.9_cuda11.3_0  # [linux]
  - pywin32  # [win]
  - sel(osx): appnope
  - libgdal
  - pip
  - pip:
    - -r extra.txt
    - mlflow==1.30.0
    - git+https://example.org/tool.git@v1#egg=tool
variables:
  SEED: 10
  MODE: fast
prefix: /home/someone/miniconda3/envs/climate
`;

const read = (text: string, more: Readonly<Record<string, string>> = {}, path = "environment.yml") =>
  readManifests([path], (name) => (name === path ? text : (more[name] ?? null)))[0];

test("an environment file is read with each place, selectors as markers and what its pip list includes", () => {
  const manifest = read(fixture, { "extra.txt": "tqdm>=4\n" });
  expect(
    manifest?.requirements.map((entry) => [
      entry.ecosystem,
      entry.name,
      entry.specifier,
      entry.marker,
      `${entry.location.file}:${entry.location.line ?? ""}`,
    ]),
  ).toEqual([
    ["conda", "numpy", "==1.22.*", null, "environment.yml:8"],
    ["conda", "pandas", ">=1.3,<2", null, "environment.yml:9"],
    ["conda", "netcdf4", "==1.5.8", null, "environment.yml:10"],
    ["conda", "pytorch", "==1.12.1", 'sys_platform == "linux"', "environment.yml:11"],
    ["conda", "pywin32", "", 'sys_platform == "win32"', "environment.yml:12"],
    ["conda", "appnope", "", 'sys_platform == "darwin"', "environment.yml:13"],
    ["conda", "libgdal", "", null, "environment.yml:14"],
    ["conda", "pip", "", null, "environment.yml:15"],
    ["pypi", "tqdm", ">=4", null, "extra.txt:1"],
    ["pypi", "mlflow", "==1.30.0", null, "environment.yml:18"],
    ["pypi", "tool", "", null, "environment.yml:19"],
  ]);
  expect(manifest?.python).toEqual({ specifier: "==3.9.*", location: { file: "environment.yml", line: 7 } });
  expect(manifest?.indexes.map(({ kind, url }) => [kind, url])).toEqual([["channel", "conda-forge"]]);
  expect(manifest?.variables.map(({ name, value }) => [name, value])).toEqual([
    ["SEED", "10"],
    ["MODE", "fast"],
  ]);
  expect(manifest?.findings).toEqual([]);
});

test("the Python index is asked by PyPI's names, and not for what it does not hold", () => {
  const asked = read(fixture)?.requirements.map(toPypiRequirement);
  expect(asked).toContain('torch==1.12.1; sys_platform == "linux"');
  expect(asked?.filter((text) => text === null)).toHaveLength(2);
});

test("a YAML file under any name is read where it lists dependencies, and passed over where it does not", () => {
  expect(read("dependencies:\n- scipy\n", {}, "lab.yml")?.requirements).toMatchObject([{ name: "scipy" }]);
  expect(read("dependencies: [scipy]\n", {}, "lab.yml")?.requirements).toMatchObject([{ name: "scipy" }]);
  expect(read("# for all\ndependencies:\n  # first\n\n  - c::scipy\n", {}, "lab.yml")).toBeDefined();
  expect(read("version: 2\n", {}, "lab.yml")).toBeUndefined();
  expect(read("dependencies:\n  - name: redis\n    version: 1\n", {}, "lab.yml")).toBeUndefined();
  expect(read("dependencies:\n  flutter: 1\n", {}, "lab.yml")).toBeUndefined();
});

test("what cannot be read is said with its line, and the rest is read", () => {
  const text = "dependencies:\n- ./local.tar.bz2\n- numpy  # [py>37]\n- scipy\n- {{ more }}\n";
  const manifest = read(text);
  expect(manifest?.requirements.map(({ name }) => name)).toEqual(["numpy", "scipy"]);
  expect(manifest?.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ["conda-selector-unclear", 3],
    ["conda-spec-unclear", 2],
  ]);
});

test("pin writes ==, since one = is a prefix to conda, and leaves every other byte", () => {
  const pins = new Map([
    ["numpy", "1.22.4"],
    ["pandas", "1.5.3"],
    ["torch", "1.12.1"],
    ["mlflow", "2.1.0"],
    ["netcdf4", "1.6.0"],
  ]);
  expect(pinRequirements("environment.yml", fixture, pins)).toBe(
    fixture
      .replace("numpy=1.22.*", "numpy==1.22.4")
      .replace('"pandas>=1.3,<2"', '"pandas==1.5.3"')
      .replace("conda-forge::netcdf4 1.5.8", "conda-forge::netcdf4==1.6.0")
      .replace("mlflow==1.30.0", "mlflow==2.1.0"),
  );
});

test("add appends to the pip list in its own indent, and leaves out what is there under conda's name", () => {
  expect(addRequirements("environment.yml", fixture, ["torch>=1", "seaborn==0.13"])).toBe(
    fixture.replace("egg=tool\n", "egg=tool\n    - seaborn==0.13\n"),
  );
  expect(addRequirements("environment.yml", "dependencies:\r\n- numpy # fast\r\n", ["rich"])).toBe(
    "dependencies:\r\n- numpy # fast\r\n- pip\r\n- pip:\r\n    - rich\r\n",
  );
  expect(() => addRequirements("environment.yml", "dependencies: [numpy]\n", ["rich"])).toThrow(
    "environment.yml",
  );
});
