/** `rung pack` beside `tar | zstd -T0` on the tree that it holds, and beside pex; then unpacking and running each.
 *
 *      node bench/pack.ts [ROUNDS=3] [DATA_MEGABYTES=0]
 *
 *  The project has NumPy, pandas and scikit-learn, the wheels are in the cache; beside it lies a data file of that size.
 *  The goals: under 250 MB of memory whatever the size. pex holds no interpreter and no project. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { rung, sampleProject } from "./packing/sample-project.ts";
import { benchRoom, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 3, megabytes = 0] = numbersGiven(3, 0);
const room = benchRoom("pack");
const at = (...names: readonly string[]): string => path.join(room, ...names);
const remove = (...names: readonly string[]) => fs.rmSync(at(...names), { recursive: true, force: true });

sampleProject(at("project"), megabytes);
execFileSync(rung, ["pack", "--quiet", "-o", at("pack.tar.zst")], { cwd: at("project"), stdio: "ignore" });
fs.mkdirSync(at("tree"));
execFileSync("tar", ["--zstd", "-xf", at("pack.tar.zst"), "-C", at("tree")]);
const [folder = ""] = fs.readdirSync(at("tree"));

execFileSync("python3", ["-m", "venv", at("venv")]);
execFileSync(at("venv/bin/pip"), ["-q", "install", "pex==2.105.2"]);
const wheels = at("tree", folder, "wheels");
const { python } = JSON.parse(fs.readFileSync(at("tree", folder, "bundle.json"), "utf8")) as {
  readonly python: { readonly version: string };
};
const series = python.version.split(".").slice(0, 2).join(".");

const ways: readonly Way[] = [
  {
    name: "tar | zstd -T0",
    argv: ["sh", "-c", `tar -C ${at("tree")} -cf - . | zstd -q -T0 -f -o ${at("theirs.tar.zst")}`],
  },
  {
    name: "rung pack",
    argv: [rung, "pack", "--quiet", "-o", at("pack.tar.zst")],
    cwd: at("project"),
    goal: "250 MB",
  },
  {
    name: "rung pack -o FILE.zip",
    argv: [rung, "pack", "--quiet", "-o", at("pack.zip")],
    cwd: at("project"),
    goal: "250 MB",
  },
  {
    name: "pex",
    // prettier-ignore
    argv: [
      at("venv/bin/pex"), "--no-index", "--find-links", wheels, "--python", `python${series}`,
      "--pex-root", at("pex-root"), "-o", at("app.pex"), "-r", at("project/requirements.txt"),
    ],
  },
];
const timings = measureInTurn(room, ways, { rounds });
printTable(`a pack with 10 wheels and ${megabytes} MB of data`, ways, timings);
for (const name of ["theirs.tar.zst", "pack.tar.zst", "pack.zip", "app.pex"])
  console.log(`${name}: ${(fs.statSync(at(name)).size / 1e6).toFixed(1)} MB`);

const first: readonly Way[] = [
  {
    name: "pex, first run",
    argv: [at("app.pex"), at("project/main.py")],
    env: { PEX_ROOT: at("pex-run") },
    before: () => remove("pex-run"),
  },
  { name: "pex, second run", argv: [at("app.pex"), at("project/main.py")], env: { PEX_ROOT: at("pex-run") } },
  {
    name: "unpack the pack",
    argv: ["tar", "--zstd", "-xf", at("pack.tar.zst"), "-C", at("moved")],
    before: () => {
      remove("moved");
      fs.mkdirSync(at("moved"));
    },
  },
  {
    name: "./run fit, first",
    argv: [at("moved", folder, "run"), "fit"],
    before: () => remove("moved", folder, "env"),
  },
  { name: "./run fit, second", argv: [at("moved", folder, "run"), "fit"] },
];
printTable("from the archive to the result", first, measureInTurn(room, first, { rounds, warmUps: 0 }));
