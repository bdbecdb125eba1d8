import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const fixture = `name: ripples
description: Waves on a pond
icon:
packages: &pkgs
  - python=3.11.8
  - numpy=1.22
  - pip:
    - wavelib>=2
dependencies: *pkgs
channels: [defaults, conda-forge]
platforms: [linux-64, win-64]
env_specs:
  default:
    packages: [scipy]
    inherit_from: base
  base:
    packages: [matplotlib-base]
  docs:
    packages: [sphinx]
    channels: [docs-channel]
variables:
  MODE: "False"
  DEPTH: {default: 3.10, description: How deep}
  DB_PASSWORD: {default: hunter2}
  TOKEN:
services:
  REDIS_URL: redis
downloads:
  RAIN:
    url: https://example.org/rain.csv.zip?v=2
    sha256: 0a1b
    unzip: true
  POND: https://example.org/pond.nc
commands:
  simulate:
    unix: python \${PROJECT_DIR}/simulate.py --n 3
    windows: python simulate.py --n 3
    env_spec: default
    variables:
      MODE: slow
  show:
    notebook: notebooks/show.ipynb
  old:
    windows: python tools\\old.py
  dos:
    windows: dir /b > list.txt
  dashboard:
    unix: panel serve show.ipynb
    supports_http_options: true
  app:
    bokeh_app: app
`;

const read = (text: string) => readManifests(["anaconda-project.yml"], () => text)[0];

test("requirements: shared ones once, the main spec's with those, the others by the spec's name", () => {
  const manifest = read(fixture);
  expect(manifest?.requirements.map(({ name, specifier, group }) => [name, specifier, group])).toEqual([
    ["numpy", "==1.22.*", ""],
    ["wavelib", ">=2", ""],
    ["scipy", "", ""],
    ["matplotlib-base", "", ""],
    ["sphinx", "", "docs"],
  ]);
  expect([manifest?.projectName, manifest?.python?.specifier]).toEqual(["ripples", "==3.11.8"]);
  expect(manifest?.indexes.map(({ url }) => url)).toEqual(["defaults", "conda-forge", "docs-channel"]);
});

test("commands: lines for every shell and notebooks; servers and lines for Windows are findings", () => {
  const manifest = read(fixture);
  expect(manifest?.commands).toMatchObject([
    {
      name: "simulate",
      run: "python ./simulate.py --n 3",
      env: { MODE: "slow", DEPTH: "3.10", RAIN: "rain.csv", POND: "pond.nc" },
    },
    { name: "show", kind: "notebook", run: "notebooks/show.ipynb" },
    { name: "old", run: "python tools/old.py", location: { line: 43 } },
  ]);
  expect(manifest?.commands[0]?.env).not.toHaveProperty("DB_PASSWORD");
  expect(manifest?.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ["service-needed", 27],
    ["command-for-windows", 43],
    ["command-for-windows", 45],
    ["command-needs-person", 47],
    ["command-needs-person", 50],
  ]);
});

test("downloads: where each goes, and its digest", () => {
  expect(read(fixture)?.downloads).toMatchObject([
    { path: "rain.csv", url: "https://example.org/rain.csv.zip?v=2", digest: "sha256:0a1b" },
    { path: "pond.nc", digest: null },
  ]);
});

test("specs that inherit from each other, and lists where tables should be, are read without end or fault", () => {
  const text =
    "env_specs:\n  a: {inherit_from: [b], packages: [x]}\n  b: {inherit_from: a}\ncommands: [1]\nvariables: [A, B]\n";
  expect(read(text)?.requirements).toMatchObject([{ name: "x", group: "" }]);
  expect(read(text)?.variables.map(({ name, value }) => [name, value])).toEqual([
    ["A", null],
    ["B", null],
  ]);
});
