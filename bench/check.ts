/** `rung check` on a large tree, cold and warm, beside two tools that read the same files for their imports, in turn.
 *
 *      node bench/check.ts [ROUNDS=5] [FILES=5000] [NOTEBOOKS=200]
 *
 *  Cold is without .rung and with an empty RUNG_CACHE. The others come from PyPI into an environment of their own.
 *  The goal, at 5,000 files (20 MB) and 200 notebooks: cold under 4 s on two processors, warm under 0.7 s, 300 MB. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { writePythonTree } from "./python-tree.ts";
import { benchRoom, checkout, commitAll, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 5, files = 5000, notebooks = 200] = numbersGiven(5, 5000, 200);
const room = benchRoom("check");
const tools = path.join(room, "tools");
const cold = path.join(room, "cold");
const warm = path.join(room, "warm");

execFileSync("python3", ["-m", "venv", tools]);
execFileSync(path.join(tools, "bin/pip"), ["install", "--quiet", "deptry==0.25.1", "pipreqs==0.5.0"]);
for (const root of [cold, warm]) {
  writePythonTree(root, files, notebooks);
  commitAll(root);
}

const emptyCache = path.join(room, "empty");
const fullCache = path.join(room, "full");
const check = [path.join(checkout, "rung"), "check", "--json", "--quiet"] as const;
const ways: readonly Way[] = [
  // It ends with 1 where it has something to say.
  { name: "deptry", argv: [path.join(tools, "bin/deptry"), "."], cwd: cold, exitCodes: [0, 1] },
  {
    name: "pipreqs, without PyPI",
    argv: [path.join(tools, "bin/pipreqs"), "--print", "--use-local", "--scan-notebooks", "."],
    cwd: cold,
  },
  {
    name: "rung check, cold",
    argv: check,
    cwd: cold,
    env: { RUNG_CACHE: emptyCache },
    before: () => {
      for (const folder of [emptyCache, path.join(cold, ".rung")])
        fs.rmSync(folder, { recursive: true, force: true });
    },
    goal: "under 4 s, 300 MB",
  },
  {
    name: "rung check, warm",
    argv: check,
    cwd: warm,
    env: { RUNG_CACHE: fullCache },
    goal: "under 0.7 s, 300 MB",
  },
];
printTable(
  `rung check on ${files} Python files and ${notebooks} notebooks`,
  ways,
  measureInTurn(room, ways, { rounds }),
);
