/** What `rung why` and `rung shake` find in the planted programs, against what is known of them.
 *
 *      node bench/planted.ts [--only KIND] [--jobs N] [--rung PATH] [--results FILE] [--fresh] [--json]
 *
 *  Each program of bench/planted/ is copied, its truth left behind, and `rung why main --json` is asked; where that sees two
 *  runs do the same, `rung shake main --json`. One line for each program on stderr while it works, then the table. What was
 *  found is kept in FILE as it comes; a program that has not changed since is not asked again, unless with `--fresh`: give
 *  that after a change of Rung. KIND is a kind of cause, `pairs`, `sound`, or the start of a program's name; it may be
 *  repeated. Goal: 95 % of the causes named at their line and confirmed, none false, under 12 runs a program. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Found, type Result, judged, table, totals } from "./planted/judging.ts";
import { type Program, plantedPrograms } from "./planted/programs.ts";
import { benchRoom, checkout } from "./time.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    jobs: { type: "string", default: "1" },
    rung: { type: "string", default: path.join(checkout, "rung") },
    results: { type: "string", default: path.join(checkout, ".rung/planted.jsonl") },
    fresh: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const programs = plantedPrograms(values.only);
if (programs.length === 0) throw new Error(`no program starts with ${values.only.join(" or ")}`);
const room = benchRoom("planted");
const digests = new Map(programs.map((program) => [program.name, digestOf(program.root)]));
const results = values.fresh ? new Map<string, Result>() : resultsBefore();
if (values.fresh) fs.rmSync(values.results, { force: true });
fs.mkdirSync(path.dirname(values.results), { recursive: true });

const waiting = programs.filter(({ name }) => !results.has(name));
let begun = results.size;
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, worker));
const all = programs.flatMap(({ name }) => results.get(name) ?? []);
process.stdout.write(
  values.json ? `${JSON.stringify({ totals: totals(all), programs: all }, null, 2)}\n` : `${table(all)}\n`,
);

async function worker(): Promise<void> {
  for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
    begun += 1;
    const place = path.join(room, `case-${begun}`, "project");
    fs.cpSync(program.root, place, {
      recursive: true,
      filter: (file) => !/(?:truth\.json|__pycache__)$/u.test(file),
    });
    const result = { ...judged(program, await ask(place)), digest: digests.get(program.name) ?? "" };
    fs.rmSync(path.dirname(place), { recursive: true, force: true });
    results.set(program.name, result);
    fs.appendFileSync(values.results, `${JSON.stringify(result)}\n`);
    process.stderr.write(`${results.size}/${programs.length} ${inOneLine(program, result)}\n`);
  }
}

/** Asks why, and where nothing differed what else would make it differ. */
async function ask(place: string): Promise<Found> {
  const before = performance.now();
  const answers = [await command("why", place)];
  if (answers[0]?.verdict === "same") answers.push(await command("shake", place));
  const last = answers.at(-1);
  return {
    verdict: last?.verdict ?? "failed",
    causes: last?.causes ?? [],
    runs: answers.reduce((sum, { runs }) => sum + runs, 0),
    seconds: (performance.now() - before) / 1000,
    asked: answers.length === 1 ? "why" : "shake",
    ...(last?.error === undefined ? {} : { error: last.error }),
  };
}

function command(verb: string, cwd: string): Promise<Omit<Found, "seconds" | "asked">> {
  return new Promise((resolve) => {
    const child = spawn(values.rung, [verb, "main", "--json"], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      signal: AbortSignal.timeout(600_000),
    });
    const said: string[] = [];
    const complained: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => complained.push(text));
    const failed = (error: string): void => resolve({ verdict: "failed", causes: [], runs: 0, error });
    child.on("error", (error) => failed(error.message));
    child.on("close", (code, signal) => {
      try {
        const answer = JSON.parse(said.join("")) as Partial<Found>;
        const { verdict = "failed", causes = [], runs = 0 } = answer;
        const error = complained.join("").trim().slice(-500);
        resolve({ verdict, causes, runs, ...(verdict === "failed" ? { error } : {}) });
      } catch {
        failed(`${verb} ended with ${code ?? signal}: ${complained.join("").trim().slice(-500)}`);
      }
    });
  });
}

function inOneLine(
  program: Program,
  { right, confirmed, verdict, extra, runs, seconds, error }: Result,
): string {
  const said = [
    program.causes.length === 0 ? "" : `${right} of ${program.causes.length} named, ${confirmed} confirmed`,
    extra.length === 0 ? "" : `false: ${extra.join(", ")}`,
    error === undefined ? "" : `error: ${error.split("\n").at(-1)}`,
  ];
  const cost = `${runs} runs, ${seconds.toFixed(1)} s`;
  return [`${program.name}: ${verdict}`, ...said.filter((text) => text !== ""), cost].join("; ");
}

/** What was found before in programs that have not changed since. */
function resultsBefore(): Map<string, Result> {
  if (!fs.existsSync(values.results)) return new Map();
  const lines = fs.readFileSync(values.results, "utf8").split("\n");
  const known = lines.filter((line) => line.endsWith("}")).map((line) => JSON.parse(line) as Result);
  return new Map(
    known.filter(({ name, digest }) => digests.get(name) === digest).map((one) => [one.name, one]),
  );
}

/** Of every file's name and content. */
function digestOf(root: string): string {
  const hash = createHash("sha256");
  const files = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
    hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}
