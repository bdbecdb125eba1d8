import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addRequirements, acceptsRequirements, pinRequirements, readManifests } from "./index.ts";

/** Files of the shape that people write, one for each format that is more than lines. */
const fixtures: Readonly<Record<string, string>> = {
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

test.each(Object.keys(fixtures))(
  "%s, with pieces cut, doubled, swapped and put in, is read and written without fault",
  (path) => {
    const whole = fixtures[path] ?? "";
    const place = fc.nat({ max: whole.length });
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        "\n",
        "  ",
        ": ",
        "- ",
        "[",
        "}",
        "&a ",
        "*a",
        "'",
        '"',
        "${",
        "{{",
        "\t",
        "\\",
        "null",
        "!!int ",
        "<<: ",
        "|",
        "#",
      ),
    );
    const edit = fc.record({ from: place, length: fc.nat({ max: 12 }), put: piece, twice: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = whole;
        for (const { from, length, put, twice } of edits) {
          const cut = text.slice(from, from + length);
          text = text.slice(0, from) + put + (twice ? cut + cut : "") + text.slice(from + length);
        }
        const [manifest] = readManifests([path], (name) => (name === path ? text : (fixtures[name] ?? null)));
        for (const { line } of manifest?.findings ?? []) expect(line).not.toBe(0);
        if (path !== "environment.yml") return;
        expect(pinRequirements(path, text, new Map())).toBe(text);
        if (acceptsRequirements(path, text)) expect(addRequirements(path, text, [])).toBe(text);
        const pinned = pinRequirements(
          path,
          text,
          new Map([
            ["numpy", "1.5"],
            ["x", "2"],
          ]),
        );
        expect(
          pinRequirements(
            path,
            pinned,
            new Map([
              ["numpy", "1.5"],
              ["x", "2"],
            ]),
          ),
        ).toBe(pinned);
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);
