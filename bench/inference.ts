/** What `rung infer` finds beside deptry and pipreqs, on the projects in a folder, against what they are known to need.
 *
 *      node bench/inference.ts DIR [TRUTH=bench/inference-truth.json]
 *
 *  Each tool gets a copy of a project's Python files and notebooks alone: nothing is declared, nothing installed. deptry
 *  names modules, and these are taken for distributions of the same name, as it does itself; pipreqs is asked for its
 *  names before it asks PyPI about them. Both come from PyPI into an environment of their own. Truth: by project folder,
 *  `needs` (distributions that its code needs, those that only a call shows included) and `either` (counted neither way:
 *  what is optional, and what the kernel brings). */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { benchRoom, checkout } from "./time.ts";

interface Truth {
  readonly needs: readonly string[];
  readonly either?: readonly string[];
}

const [folder = ".", truthFile = path.join(import.meta.dirname, "inference-truth.json")] =
  process.argv.slice(2);
const truth = JSON.parse(fs.readFileSync(truthFile, "utf8")) as Record<string, Truth>;
const room = benchRoom("inference");
const tools = path.join(room, "tools");
// Each in an environment of its own: deptry takes what is installed beside it for known.
for (const tool of ["deptry==0.25.1", "pipreqs==0.5.0"]) {
  const own = path.join(tools, tool.split("=")[0] ?? tool);
  execFileSync("python3", ["-m", "venv", own]);
  execFileSync(path.join(own, "bin/pip"), ["install", "--quiet", tool]);
}

/** pipreqs without its questions to PyPI: names by its own mapping. */
const pipreqs = `
import json, sys
from pipreqs import pipreqs
pipreqs.scan_noteboooks = True
pipreqs.handle_scan_noteboooks()
print(json.dumps(sorted(pipreqs.get_pkg_names(pipreqs.get_all_imports(".", encoding="utf-8")))))
`;

const ways: Readonly<Record<string, (root: string) => readonly string[] | null>> = {
  "rung infer": (root) => {
    const out = output(path.join(checkout, "rung"), ["infer", "--every-file", "--json", root], root);
    const { needs } = JSON.parse(out) as {
      needs: { distribution: string | null; candidates: string[]; known: string }[];
    };
    // Of several candidates the first counts: the one that a reader would try.
    return needs.flatMap(({ distribution, candidates, known }) =>
      distribution === null
        ? known === "unknown" && candidates.length > 1
          ? candidates.slice(0, 1)
          : []
        : [distribution],
    );
  },
  deptry: (root) => {
    const report = path.join(room, "deptry.json");
    fs.writeFileSync(path.join(root, "requirements.txt"), "");
    output(
      path.join(tools, "deptry/bin/deptry"),
      [".", "--exclude", "[.]git/", "--json-output", report],
      root,
    );
    const found = JSON.parse(fs.readFileSync(report, "utf8")) as {
      error: { code: string };
      module: string;
    }[];
    return found
      .filter(({ error }) => /^DEP00[13]$/u.test(error.code))
      .map(({ module }) => normalise(module));
  },
  pipreqs: (root) => {
    const { status, stdout } = spawnSync(path.join(tools, "pipreqs/bin/python"), ["-c", pipreqs], {
      cwd: root,
      encoding: "utf8",
    });
    return status === 0 ? (JSON.parse(stdout) as string[]).map(normalise) : null;
  },
};

interface Score {
  right: number;
  wrong: number;
  missed: number;
  seconds: number;
  failed: number;
}

const names = Object.keys(ways);
const totals = new Map(
  names.map((name) => [name, { right: 0, wrong: 0, missed: 0, seconds: 0, failed: 0 } as Score]),
);
print(["project", ...names.map((name) => `${name}: precision, recall`)]);
print(["---", ...names.map(() => "---")]);
const notes: string[] = [];
for (const [project, { needs, either = [] }] of Object.entries(truth)) {
  const cells = names.map((name) => {
    const root = path.join(room, "copy", `${project}-${name.replace(" ", "-")}`);
    copySources(path.join(folder, project), root);
    const before = performance.now();
    const found = ways[name]?.(root) ?? null;
    const total = totals.get(name);
    if (total === undefined) return "";
    total.seconds += (performance.now() - before) / 1000;
    const said = new Set(found ?? []);
    const wrong = [...said].filter((one) => !needs.includes(one) && !either.includes(one));
    const missed = needs.filter((one) => !said.has(one));
    const right = needs.length - missed.length;
    total.right += right;
    total.wrong += wrong.length;
    total.missed += missed.length;
    if (found === null) total.failed += 1;
    notes.push(
      `${project}, ${name}: wrong ${wrong.join(" ") || "none"}; missed ${missed.join(" ") || "none"}`,
    );
    return found === null ? "fails" : `${share(right, wrong.length)}, ${share(right, missed.length)}`;
  });
  print([project, ...cells]);
}
print(["all", ...names.map((name) => sum(totals.get(name)))]);
process.stdout.write(`\n${notes.filter((note) => !/wrong none; missed none/u.test(note)).join("\n")}\n`);

function sum(score: Score | undefined): string {
  if (score === undefined) return "";
  const { right, wrong, missed, seconds, failed } = score;
  const failures = failed === 0 ? "" : `, ${failed} fail`;
  return `${share(right, wrong)}, ${share(right, missed)} (${right} right, ${wrong} wrong, ${missed} missed${failures}; ${seconds.toFixed(1)} s)`;
}

function share(right: number, besides: number): string {
  return right + besides === 0 ? "–" : `${((100 * right) / (right + besides)).toFixed(0)} %`;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

function normalise(name: string): string {
  return name.replaceAll(/[-_.]+/gu, "-").toLowerCase();
}

function output(program: string, words: readonly string[], cwd: string): string {
  const { stdout } = spawnSync(program, words, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return stdout;
}

function copySources(from: string, to: string): void {
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    const relative = path.relative(from, place);
    if (!entry.isFile() || !/\.(?:py|ipynb)$/u.test(entry.name) || relative.startsWith(".git/")) continue;
    fs.mkdirSync(path.dirname(path.join(to, relative)), { recursive: true });
    fs.copyFileSync(place, path.join(to, relative));
  }
}
