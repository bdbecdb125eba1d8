import { expect, it } from "vitest";
import type { Circumstances, Run } from "../../model/index.ts";
import { groupsOf } from "./groups.ts";
import { differingParts, type Recorded } from "./parts.ts";

const circumstances = {
  inputs: [],
  line: "python main.py",
  cwd: ".",
  words: [],
  seed: null,
  forceSeed: false,
  variables: [],
  env: {},
};

function made(python: string, packages: Readonly<Record<string, string>>): Recorded {
  const from = { ...circumstances, environment: { packages } } as unknown as Circumstances;
  return { run: { python, outputs: [] } as unknown as Run, from, tree: new Map() };
}

it("names another Python, apart from the packages", () => {
  const { parts } = differingParts(made("3.11.7", { numpy: "1.26.4" }), made("3.12.1", { numpy: "2.0.1" }));
  expect(parts.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "lock: Python 3.11.7 → 3.12.1",
    "lock: numpy 1.26.4 → 2.0.1",
  ]);
  expect(groupsOf(parts).map(({ id }) => id)).toEqual(["python", "lock"]);
});
