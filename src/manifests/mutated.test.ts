import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  acceptsRequirements,
  addRequirements,
  manifestFormats,
  pinRequirements,
  readManifests,
} from "./index.ts";

/** Files of the shape that people write, for formats of which test/fixtures has none. */
const written: Readonly<Record<string, string>> = {
  "environment.yml":
    "name: x\nchannels: [conda-forge]\ndependencies:\n  - python=3.9  # [linux]\n  - numpy>=1,<2\n  - pip:\n    - -r r.txt\n    - x==1\nvariables: {A: 1}\n",
  "anaconda-project.yml":
    "name: x\npackages: &p [python=3.9, numpy]\ndependencies: *p\nenv_specs:\n  a: {inherit_from: b, packages: [scipy]}\n  b: {}\nvariables: {A: {default: 1}}\ndownloads: {D: {url: 'https://h/x.zip', md5: aa, unzip: true}}\ncommands:\n  run: {unix: python x.py, env_spec: a}\n  nb: {notebook: x.ipynb}\n",
  "conda-project.yml":
    "name: x\nenvironments: {default: [environment.yml]}\nvariables: {A: b}\ncommands: {run: {cmd: python x.py, environment: default}}\n",
  "dvc.yaml":
    "vars: [p.yaml, {k: [1, 2]}]\nstages:\n  a:\n    foreach: ${k}\n    do:\n      cmd: python x.py ${item}\n      deps: [x.py]\n      outs:\n      - o${item}: {cache: false}\n  b: {matrix: {m: [1, 2]}, cmd: [python y.py '${item.m}']}\n",
  MLproject:
    "name: x\nconda_env: environment.yml\nentry_points:\n  main:\n    parameters: {a: {type: float, default: 1}, b: path}\n    command: 'python x.py {a}'\n",
  "python_env.yaml": "python: '3.9'\ndependencies: [-r r.txt, x==1]\n",
  "pixi.toml":
    "[workspace]\nname = 'x'\nchannels = ['c']\n[dependencies]\npython = '3.9.*'\n[feature.t.pypi-dependencies]\nx = { version = '>=1', extras = ['a'] }\n[tasks]\na = 'python x.py'\nb = { cmd = ['python', 'y.py'], depends-on = ['a'], args = [{ arg = 'n', default = '1' }] }\n",
  Snakefile:
    "configfile: 'c.yaml'\nrule all:\n    input: expand('{x}', x=[1]), 'a.csv'\nrule a:\n    output: 'a.csv'\n    conda: 'environment.yml'\n    shell: '''\n      python x.py\n      '''\n",
  justfile:
    "v := 'x'\nalias r := run\nrun n='1' *more: (prep 'a')\n    @python x.py {{n}} \\\n      {{v}}\nprep a:\n    cd b && python y.py\n",
  Dockerfile:
    'ARG V=3.9\nFROM python:$V AS b\nENV A=1 B="2 3"\nRUN --mount=type=cache pip install x==1 && \\\n    apt-get install -y gdal\nCMD ["python", "x.py"]\n',
  "binder/start": '#!/bin/bash\npip install x\npython x.py && exec "$@"\n',
};

const root = path.resolve(import.meta.dirname, "../../test/fixtures");
const found = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => fs.statSync(path.join(root, file)).isFile())
  .map((file) => ({
    file,
    name: file.replace(/^[^/\\]+[/\\](?:[^/\\]+[/\\](?=[^/\\]+$))?/u, ""),
    whole: fs.readFileSync(path.join(root, file), "utf8"),
  }));
const samples = [...Object.entries(written).map(([name, whole]) => ({ file: name, name, whole })), ...found];
const cases = samples.flatMap((sample) => {
  const format = manifestFormats.find((one) => one.matches(sample.name));
  return format === undefined ? [] : [{ ...sample, format }];
});

const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 60 })),
  put: fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom(
      ..."\n|\0|\"|'|[|}|\\|\\\n|,|#|=|  |\t|\ufffd|- |: |&a |*a|${|{{|null|!!int |<<: |>".split("|"),
      "|",
      "",
    ),
  ),
  twice: fc.boolean(),
});

test.each(cases)(
  "$file, damaged, is read without throwing and edited by nothing into nothing",
  ({ name, whole, format }) => {
    const pins = new Map([
      ["numpy", "9.9"],
      ["x", "2"],
    ]);
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 6 }), (damages) => {
        let text = whole;
        for (const { at, length, put, twice } of damages) {
          const start = Math.floor(at * text.length);
          const taken = text.slice(start, start + length);
          text = text.slice(0, start) + put + (twice ? taken + taken : "") + text.slice(start + length);
        }
        const [manifest] = readManifests(
          [name],
          (asked) =>
            asked === name ? text : (written[asked] ?? (asked.length < 50 ? text.slice(0, 500) : null)),
          () => false,
        );
        const lines = text.split(/\r\n|\r|\n/u).length;
        for (const { location } of manifest?.requirements ?? []) {
          if (location.file === name && location.line !== null)
            expect(location.line).toBeLessThanOrEqual(lines);
        }
        for (const { line } of manifest?.findings ?? []) expect(line).not.toBe(0);
        format.readPackages?.(name, text, manifest?.requirements ?? []);
        if (format.edits === undefined) return;
        expect(pinRequirements(name, text, new Map())).toBe(text);
        const pinned = pinRequirements(name, text, pins);
        expect(pinRequirements(name, pinned, pins)).toBe(pinned);
        if (acceptsRequirements(name, text)) expect(addRequirements(name, text, [])).toBe(text);
      }),
      { numRuns: whole.length > 20_000 ? 15 : 120, seed: 7 },
    );
  },
  60_000,
);
