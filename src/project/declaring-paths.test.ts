import { expect, test } from "vitest";
import { declaringPaths } from "./declaring-paths.ts";

test.each([
  [
    ["a.py", "requirements.txt", "src/requirements.txt"],
    ["a.py", "requirements.txt"],
  ],
  [
    ["dvc.yaml", "src/prepare.py", "src/requirements.txt"],
    ["dvc.yaml", "src/requirements.txt"],
  ],
  [["a/requirements.txt", "b/requirements.txt"], []],
  [["a/b/requirements.txt"], []],
  [["binder/environment.yml", "src/requirements.txt"], ["binder/environment.yml"]],
])("of %j, %j may declare something", (paths, declaring) => {
  expect(declaringPaths(paths)).toEqual(declaring);
});
