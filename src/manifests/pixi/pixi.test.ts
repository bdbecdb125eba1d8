import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const body = (prefix: string): string => `[${prefix}workspace]
name = "tides"
channels = ["conda-forge", { channel = "https://example.org/lab" }]
platforms = ["linux-64", "osx-arm64"]

[${prefix}dependencies]
python = "3.11.*"
numpy = ">=1.26,<2"
pytorch = { version = "2.1.*", channel = "pytorch" }

[${prefix}pypi-dependencies]
tidelib = { version = ">=0.3", extras = ["plot"] }
own = { path = ".", editable = true }

[${prefix}target.osx-arm64.dependencies]
appnope = "*"

[${prefix}feature.test.dependencies]
pytest = "*"

[${prefix}activation.env]
DEPTH = "3"

[${prefix}tasks]
fetch = "python fetch.py"
fit = { cmd = ["python", "fit.py", "--name", "a b"], depends-on = ["prepare"], cwd = "src", outputs = ["fit.csv"], env = { MODE = "slow" } }
prepare = { depends-on = ["fetch"] }
draw = { cmd = "python draw.py {{ size }}", args = [{ arg = "size", default = "9" }] }
ask = { cmd = "python ask.py {{ what }}", args = ["what"] }
lab = "jupyter lab"
lint = "ruff check"
`;

test.each([
  ["pixi.toml", body("")],
  ["pyproject.toml", body("tool.pixi.")],
])("%s", (path, text) => {
  const manifest = readManifests([path], () => text)[0];
  expect(
    manifest?.requirements.map(({ ecosystem, name, specifier, marker, group }) => [
      ecosystem,
      name,
      specifier,
      marker,
      group,
    ]),
  ).toEqual([
    ["conda", "numpy", ">=1.26,<2", null, ""],
    ["conda", "pytorch", "==2.1.*", null, ""],
    ["pypi", "tidelib", ">=0.3", null, ""],
    ["pypi", "own", "", null, ""],
    ["conda", "appnope", "", 'sys_platform == "darwin" and platform_machine == "arm64"', ""],
    ["conda", "pytest", "", null, "test"],
  ]);
  expect(manifest?.python).toEqual({ specifier: "==3.11.*", location: { file: path, line: 7 } });
  expect(manifest?.indexes.map(({ url }) => url)).toEqual(["conda-forge", "https://example.org/lab"]);
  expect(manifest?.commands.map(({ name, run, cwd, needs }) => [name, run, cwd, needs])).toEqual([
    ["fetch", "python fetch.py", ".", []],
    ["fit", "python fit.py --name 'a b'", "src", ["fetch"]],
    ["draw", "python draw.py 9", ".", []],
  ]);
  expect(manifest?.commands[1]?.env).toEqual({ DEPTH: "3", MODE: "slow" });
});
