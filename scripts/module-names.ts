/**
 * node scripts/module-names.ts [--from FOLDER] [--names FILE [--first N]] [--index URL] [--observed FILE]
 *
 * Writes src/inference/module-names.json: which distribution brings which module; and beside it module-sources.json, how
 * each pair was read. It knows what scripts/module-names.txt says, and adds what distributions say of themselves by the
 * files that they install:
 *   --from FOLDER   those that lie unpacked below a folder (an environment), or in a cache of uv, of which only wheels
 *                   from the public index are read
 *   --names FILE    those that FILE names (a line each, or a CSV of a download count and a name; the most used first), by
 *                   the newest wheel on the index, of which only the list of files at its end is fetched; where there is
 *                   no wheel, by the files of the newest source distribution
 * What was read is kept in --observed (a line of JSON each), so that an interrupted run goes on where it stopped, and a
 * later one keeps what earlier ones saw. A text line wins over what was observed; where that denies it, it says so.
 */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { normaliseName } from "../src/manifests/index.ts";
import { observeIndex } from "./module-names/index-wheels.ts";
import { knownNames } from "./module-names/known.ts";
import { openObservations } from "./module-names/observed.ts";
import { makeTable } from "./module-names/table.ts";
import { observeFolder } from "./module-names/unpacked.ts";
import { observeUvCache } from "./module-names/uv-cache.ts";

const { values } = parseArgs({
  options: {
    from: { type: "string", multiple: true, default: [] },
    names: { type: "string" },
    first: { type: "string", default: "4000" },
    index: { type: "string", default: process.env["PIP_INDEX_URL"] ?? "https://pypi.org/simple" },
    observed: { type: "string", default: "scripts/module-names/observed.jsonl" },
  },
});

const observations = openObservations(values.observed);
for (const folder of values.from) {
  const isCache = fs.existsSync(path.join(folder, "CACHEDIR.TAG"));
  for (const found of isCache ? observeUvCache(folder) : observeFolder(folder))
    observations.keep({ ...found, from: "wheel" });
}
const wanted = values.names === undefined ? [] : readNames(values.names).slice(0, Number(values.first));
const unseen = wanted.map(({ name }) => name).filter((name) => !observations.all.has(name));
await observeIndex(unseen, values.index, observations.keep);
observations.close();

const known = knownNames(fs.readFileSync(path.join(import.meta.dirname, "module-names.txt"), "utf8"));
const downloads = new Map(
  wanted.map(({ name, downloads: count }, index) => [name, count || wanted.length - index]),
);
const table = makeTable(known, observations.all, downloads, new Date().toISOString().slice(0, 10));
fs.writeFileSync("src/inference/module-names.json", `${JSON.stringify(table.names, null, 1)}\n`);
fs.writeFileSync("src/inference/module-sources.json", `${JSON.stringify(table.read, null, 1)}\n`);
for (const line of table.denied) process.stderr.write(`denied: ${line}\n`);
process.stdout.write(`${JSON.stringify(table.names.counts)}\n`);

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
