import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

test("recipes that run something, with variables and defaults filled in; the others are none", () => {
  const text = `set shell := ["bash", "-c"]
out := "results"
alias p := plot

# everything
all: plot

data n="3":
    @python data.py --n {{ n }} -o {{out}}/data.csv

plot: data
    python plot.py {{out}}/data.csv \\
        --wide

ask what:
    python ask.py {{what}}

script:
    #!/usr/bin/env python
    print(1)

lab:
    jupyter lab
install:
    pip install -r requirements.txt
`;
  const manifest = readManifests(["justfile"], () => text)[0];
  expect(
    manifest?.commands.map(({ name, run, needs, location }) => [name, run, needs, location?.line]),
  ).toEqual([
    ["data", "python data.py --n 3 -o results/data.csv", [], 8],
    ["plot", "python plot.py results/data.csv --wide", ["data"], 11],
  ]);
});
