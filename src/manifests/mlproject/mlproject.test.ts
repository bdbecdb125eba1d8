import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const read = (files: Readonly<Record<string, string>>) =>
  readManifests(["MLproject"], (path) => files[path] ?? null)[0];

test("an entry point's line has its defaults; what has none is a finding", () => {
  const manifest = read({
    MLproject: `name: wine
python_env: env/python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.50}
      label: {default: "two words"}
    command: "python train.py {alpha} --label {label}"
  score:
    parameters:
      model: path
    command: "python score.py {model}"
`,
    "env/python_env.yaml":
      'python: "3.10"\nbuild_dependencies: [pip==23.0]\ndependencies:\n  - -r ../req.txt\n  - mlflow==2.8\n',
    "req.txt": "numpy\n",
  });
  expect(manifest?.commands).toMatchObject([
    {
      name: "main",
      run: "python train.py 0.50 --label 'two words'",
      location: { file: "MLproject", line: 4 },
    },
  ]);
  expect(manifest?.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ["parameter-without-default", 9],
  ]);
  expect(manifest?.python).toMatchObject({
    specifier: "==3.10.*",
    location: { file: "env/python_env.yaml" },
  });
  expect(manifest?.requirements.map(({ name, group }) => [name, group])).toEqual([
    ["numpy", ""],
    ["mlflow", ""],
    ["pip", "build-system"],
  ]);
});
