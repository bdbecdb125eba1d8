import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readManifests } from "../manifests/index.ts";
import { launchedCommand, splitFolder } from "./index.ts";

const files: Readonly<Record<string, string>> = {
  "anaconda-project.yml": `commands:
  train: {unix: python train.py --fast, variables: {SEED: 1}}
  look: {notebook: look.ipynb}
  dos: {windows: python plot.py}
`,
  "sub/anaconda-project.yml": "commands:\n  notebook: {notebook: sub.ipynb}\n",
  "conda-project.yml": "commands:\n  greet:\n    cmd: python greet.py\n",
  MLproject: `entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      ratio: float
    command: "python train.py {alpha} {ratio}"
  plain:
    command: "python plain.py"
`,
  "pixi.toml": `[tasks]
data = "python data.py"
fit = { cmd = "python fit.py", depends-on = ["data"], env = { MODE = "slow" } }
whole = { depends-on = ["fit"] }
`,
  "dvc.yaml": `stages:
  prepare:
    cmd: python prepare.py
    outs: [clean.csv]
  train:
    foreach: [a, b]
    do:
      cmd: python train.py \${item}
      deps: [clean.csv]
`,
  justfile: `seed := "7"
default: plot
data:
    python data.py {{seed}}
plot size="3": data
    cd out && python plot.py
    python show.py {{size}}
`,
};
const manifests = readManifests(Object.keys(files), (path) => files[path] ?? null);
const readFile = (path: string): string | null => files[path] ?? null;
const launched = (line: string): readonly string[] | null =>
  launchedCommand(line, manifests, { readFile })?.map(({ command }) => `${command.cwd} ${command.run}`) ??
  null;

test.each([
  ["anaconda-project run train", [". python train.py --fast"]],
  ["anaconda-project run train --n 3", [". python train.py --fast --n 3"]],
  ["anaconda-project run", [". python train.py --fast"]],
  ["anaconda-project run look", [". look.ipynb"]],
  ["anaconda-project run dos", [". python plot.py"]],
  ["cd sub && anaconda-project run notebook", [". sub/sub.ipynb"]],
  ["anaconda-project run --directory sub notebook", [". sub/sub.ipynb"]],
  ["anaconda-project run nothing", null],
  ["conda-project run greet", [". python greet.py"]],
  ["mlflow run . -P alpha=0.1 -P ratio=2", [". python train.py 0.1 2"]],
  [
    "mlflow run . --param-list ratio='1 2' --env-manager local -P extra=x",
    [". python train.py 0.5 '1 2' --extra x"],
  ],
  ["mlflow run .", null],
  ["mlflow run . -e plain", [". python plain.py"]],
  ["mlflow run . -e score.py -P n=1", [". python score.py --n 1"]],
  ["mlflow run https://example.org/x.git", null],
  ["pixi run fit --n 2", [". python data.py", ". python fit.py --n 2"]],
  ["pixi run whole", [". python data.py", ". python fit.py"]],
  ["pixi run -e dev data", [". python data.py"]],
  ["pixi run python x.py", [". python x.py"]],
  ["pixi run unknown", null],
  ["dvc repro", [". python prepare.py", ". python train.py a", ". python train.py b"]],
  ["dvc repro train@b", [". python prepare.py", ". python train.py b"]],
  ["dvc repro -s train", [". python train.py a", ". python train.py b"]],
  ["dvc exp run -S x=1", null],
  ["just", [". python data.py 7", ". (cd out && python plot.py) && python show.py 3"]],
  ["just plot 9", [". python data.py 7", ". (cd out && python plot.py) && python show.py 9"]],
  ["just data > log.txt", null],
  ["make all", null],
  ["python train.py", null],
  ["pixi run data && rm -r x", null],
])("%s", (line, expected) => {
  expect(launched(line)).toEqual(expected);
});

test("each command says what it stands for, and has the variables of the file and the line", () => {
  const [found] = launchedCommand("DEBUG=1 anaconda-project run train", manifests) ?? [];
  expect(found?.command.env).toEqual({ SEED: "1", DEBUG: "1" });
  expect(launchedCommand("mlflow run . -e plain", manifests)?.[0]?.sentence).toBe(
    "`mlflow run . -e plain` stands for its entry point plain: python plain.py",
  );
});

test.each([
  ["cd chapter04 && python x.py", { cwd: "chapter04", line: "python x.py" }],
  ["cd a/ && cd ../b && python x.py && python y.py", { cwd: "b", line: "python x.py && python y.py" }],
  ["cd 'my folder'; python x.py", { cwd: "my folder", line: "python x.py" }],
  ["cd /tmp && python x.py", { cwd: ".", line: "cd /tmp && python x.py" }],
  ["cd $HERE && python x.py", { cwd: ".", line: "cd $HERE && python x.py" }],
  ["cd src", { cwd: ".", line: "cd src" }],
  ["python x.py", { cwd: ".", line: "python x.py" }],
])("%s is split into its folder and its line", (line, expected) => {
  expect(splitFolder(line)).toEqual(expected);
});

test("arbitrary lines are resolved or not, without throwing", () => {
  const pieces = fc.constantFrom(
    "mlflow run ",
    "pixi run ",
    "just ",
    "dvc repro ",
    "anaconda-project run ",
    "-P ",
    "-e ",
    "cd ",
    "&& ",
    "'",
    "--",
    "=",
    "plot ",
    "train ",
    ". ",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 12 }), (parts) => {
      launched(parts.join(""));
    }),
    { numRuns: 500 },
  );
});
