import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const commands = (text: string) =>
  readManifests(["Makefile"], () => text)[0]?.commands.map((c) => [c.name, c.kind, c.location?.line]);

test("the target that makes everything stands for the project; a test target is beside it", () => {
  const text = `include config.mk
PYTHON ?= python3
.PHONY: all clean test

all: results.csv figure.png

results.csv: data.csv \\
  analyse.py
\t@$(PYTHON) analyse.py > $@

figure.png: results.csv
\t$(PYTHON) plot.py

test:
\tpytest -q

clean:
\trm -f results.csv
install:
\tpip install -r requirements.txt
`;
  expect(commands(text)).toEqual([
    ["all", "run", 5],
    ["test", "test", 14],
  ]);
});

test("without one, the targets that no other needs; what installs, cleans, serves or only echoes is left out", () => {
  const text = `install:
\tpip install -r requirements.txt
clean-data: raw
\tpython src/clean_data.py
features: clean-data
\tcd src && python features.py
report:
\tjupyter nbconvert --execute --to html report.ipynb
serve:
\tpython app.py
hello:
\techo hi
lint:
\tpython -m flake8
`;
  expect(commands(text)).toEqual([
    ["features", "run", 5],
    ["report", "run", 7],
  ]);
});

test("notebooks run by nbexec through a prerequisite", () => {
  expect(
    commands("reproduce: clear analyze\n\nclear:\n\trm -r out\n\nanalyze:\n\tnbexec notebooks/*.ipynb\n"),
  ).toEqual([["reproduce", "run", 1]]);
});

test("pattern rules, conditionals and a file without rules give nothing", () => {
  expect(commands("%.o: %.c\n\tcc $<\nifeq ($(X),1)\nY := 2\nendif\n")).toEqual([]);
});
