import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const read = (text: string, files: Readonly<Record<string, string>> = {}, path = "dvc.yaml") =>
  readManifests([path], (name) => (name === path ? text : (files[name] ?? null)))[0];

test("stages become commands with what they need; values come from parameters, variables and the item", () => {
  const manifest = read(
    `vars:
  - more.json:model
  - folder: out
stages:
  prepare:
    cmd:
      - python prepare.py raw.csv
      - python clean.py
    deps: [raw.csv, prepare.py]
    outs:
      - \${folder}/clean.csv
  train:
    foreach: \${sizes}
    do:
      cmd: python train.py \${item} --lr \${train.lr} \${train.flags} -o \${folder}/\${item}.pkl
      wdir: .
      deps: ['\${folder}/clean.csv']
      outs:
        - \${folder}/\${item}.pkl:
            cache: false
  grid:
    matrix:
      model: [cnn, rnn]
      data: [{path: a.csv}]
    cmd: python grid.py \${item.model} \${item.data.path} \${model.name}
  report:
    cmd: jupyter nbconvert --to notebook --inplace --execute report.ipynb
    deps: ['\${folder}']
    metrics: [metrics.json]
`,
    {
      "params.yaml": "sizes: [1, 2]\ntrain:\n  lr: 0.10\n  flags: {fast: true, slow: false, n: 3}\n",
      "more.json": '{"model": {"name": "m"}, "folder": "elsewhere"}',
      "raw.csv": "",
      "prepare.py": "",
    },
  );
  expect(
    manifest?.commands.map(({ name, kind, run, needs, outputs }) => [name, kind, run, needs, outputs]),
  ).toEqual([
    ["prepare", "run", "python prepare.py raw.csv && python clean.py", [], ["out/clean.csv"]],
    ["train-1", "run", "python train.py 1 --lr 0.10 --fast --n 3 -o out/1.pkl", ["prepare"], ["out/1.pkl"]],
    ["train-2", "run", "python train.py 2 --lr 0.10 --fast --n 3 -o out/2.pkl", ["prepare"], ["out/2.pkl"]],
    ["grid-cnn-data0", "run", "python grid.py cnn a.csv m", [], []],
    ["grid-rnn-data0", "run", "python grid.py rnn a.csv m", [], []],
    ["report", "notebook", "report.ipynb", ["prepare", "train-1", "train-2"], ["metrics.json"]],
  ]);
  expect(manifest?.findings).toEqual([]);
});

test("what is not there, and what has no value, is said with its stage's line", () => {
  const manifest = read(
    "stages:\n  a:\n    cmd: python a.py\n    deps: [gone/a.py, data/x.csv, data.csv]\n  b:\n    cmd: python b.py ${none.at.all}\n",
    { "data.dvc": "" },
  );
  expect(manifest?.findings.map(({ rule, message, line }) => [rule, message, line])).toEqual([
    ["parameter-without-value", "stage b names none.at.all, which no file of parameters holds", 5],
    ["dependency-missing", "stage a needs gone/a.py, which is not there", 2],
    ["dependency-missing", "stage a needs data.csv, which is not there", 2],
  ]);
  expect(manifest?.commands.map(({ name }) => name)).toEqual(["a"]);
});

test("wdir is the folder that a stage runs in, and its paths are seen from there", () => {
  const manifest = read(
    "stages:\n  a:\n    wdir: src\n    cmd: python a.py\n    outs: [../a.csv]\n",
    {},
    "sub/dvc.yaml",
  );
  expect(manifest?.commands).toMatchObject([{ cwd: "sub/src", outputs: ["sub/a.csv"] }]);
});
