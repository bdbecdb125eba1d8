/** `rung status --json` on the worked example, launcher included, beside Node doing nothing, in turn.
 *
 *      node bench/status.ts [ROUNDS=21]
 *
 *  The goal: at most 120 ms more than `node -e 0`. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { benchRoom, checkout, commitAll, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 21] = numbersGiven(21);
const room = benchRoom("status");
const demo = path.join(room, "demo");
const env = { RUNG_CACHE: path.join(room, "cache") };
const rung = path.join(checkout, "rung");

fs.cpSync(path.join(checkout, "examples/demo"), demo, { recursive: true });
commitAll(demo);
execFileSync(rung, ["check", "--quiet"], { cwd: demo, env: { ...process.env, ...env }, stdio: "ignore" });

const ways: readonly Way[] = [
  { name: "node -e 0", argv: [process.execPath, "-e", "0"] },
  {
    name: "rung status --json",
    argv: [rung, "status", "--json"],
    cwd: demo,
    env,
    goal: "at most 120 ms more",
  },
];
printTable("rung status on the worked example", ways, measureInTurn(room, ways, { rounds, warmUps: 3 }));
