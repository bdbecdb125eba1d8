/**
 * node scripts/module-names.ts [--from FOLDER] [--names FILE [--first N]] [--observed FILE]
 *
 * Writes src/inference/module-names.json: which distribution brings which module. It knows what scripts/module-names.txt
 * says, and adds what distributions say of themselves by the files that they install:
 *   --from FOLDER   those that lie unpacked below a folder (an environment, uv's cache of wheels)
 *   --names FILE    those that FILE names (a line each, or a CSV of a download count and a name; the most used first), by
 *                   the newest wheel on the index, of which only the list of files at its end is fetched
 * What was read is kept in --observed (a line of JSON each), so that an interrupted run goes on where it stopped, and a
 * later one keeps what earlier ones saw. A text line wins over what was observed.
 */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { modulesOfFiles } from "../src/environments/index.ts";
import { normaliseName } from "../src/manifests/index.ts";
import { observeIndex } from "./module-names/index-wheels.ts";
import { observeFolder } from "./module-names/unpacked.ts";
import { knownNames, type Names } from "./module-names/known.ts";

const { values } = parseArgs({
  options: {
    from: { type: "string", multiple: true, default: [] },
    names: { type: "string" },
    first: { type: "string", default: "4000" },
    observed: { type: "string", default: "scripts/module-names/observed.jsonl" },
  },
});

interface Observed {
  readonly name: string;
  readonly version: string;
  readonly modules: readonly string[];
}

const observed = new Map<string, Observed>();
const keep = (name: string, version: string, files: Iterable<string>): void => {
  const found = { name, version, modules: modulesOfFiles(files) };
  observed.set(name, found);
  fs.appendFileSync(values.observed, `${JSON.stringify(found)}\n`);
};
if (fs.existsSync(values.observed)) {
  for (const line of fs.readFileSync(values.observed, "utf8").split("\n").filter(Boolean)) {
    const found = JSON.parse(line) as Observed;
    observed.set(found.name, found);
  }
}

for (const folder of values.from) {
  for (const { name, version, files } of observeFolder(folder))
    if (!observed.has(name)) keep(name, version, files);
}
const wanted = values.names === undefined ? [] : readNames(values.names).slice(0, Number(values.first));
await observeIndex(
  wanted.map(({ name }) => name).filter((name) => !observed.has(name)),
  keep,
);
write(knownNames(fs.readFileSync(path.join(import.meta.dirname, "module-names.txt"), "utf8")));

function readNames(file: string): readonly { readonly name: string; readonly downloads: number }[] {
  return fs
    .readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, count, name] = /^(?:"?(\d+)"?,)?"?([A-Za-z0-9][\w.-]*)"?\s*$/u.exec(line.trim()) ?? [];
      return name === undefined || name === "project"
        ? []
        : [{ name: normaliseName(name), downloads: Number(count ?? 0) }];
    });
}

/** Lines of the text win; of what was observed, the distribution in wider use comes first. */
function write(known: Names): void {
  const downloads = new Map(
    wanted.map(({ name, downloads: count }, index) => [name, count || wanted.length - index]),
  );
  const found = new Map<string, string[]>();
  for (const { name, modules } of observed.values())
    for (const module of modules) found.set(module, [...(found.get(module) ?? []), name]);
  const modules = new Map(Object.entries(known.modules));
  const same = new Set(known.same);
  const ambiguous = new Set(known.ambiguous);
  for (const [module, names] of found) {
    const top = module.split(".")[0] ?? module;
    if (modules.has(module) || same.has(module) || (module !== top && (modules.has(top) || same.has(top))))
      continue;
    const sorted = names.toSorted((a, b) => (downloads.get(b) ?? 0) - (downloads.get(a) ?? 0));
    const [first = "", second] = sorted;
    if (/^_|__/u.test(module) || (sorted.length > 2 && downloads.size === 0)) continue;
    const isClear = second === undefined || (downloads.get(first) ?? 0) > 10 * (downloads.get(second) ?? 0);
    if (isClear && normaliseName(top) === first && module === top) same.add(module);
    else if (isClear) modules.set(module, [first]);
    else {
      modules.set(module, sorted.slice(0, 4));
      ambiguous.add(module);
    }
  }
  const table = {
    generated: new Date().toISOString().slice(0, 10),
    counts: {
      modules: modules.size,
      ambiguous: ambiguous.size,
      same: same.size,
      readFromDistributions: observed.size,
    },
    modules: Object.fromEntries(sortedBy([...modules], ([module]) => module)),
    ambiguous: sortedBy([...ambiguous], (module) => module),
    same: sortedBy([...same], (module) => module),
  };
  fs.writeFileSync("src/inference/module-names.json", `${JSON.stringify(table, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(table.counts)}\n`);
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
