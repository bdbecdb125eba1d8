/** Archives a tree of many small files and a large one, beside `tar | zstd -T0`, in turn.
 *
 *      node bench/archive.ts [FILES=2000] [MEGABYTES=100] [ROUNDS=3]
 *
 *  The goal, at 20,000 files and 1,000 MB: at most twice the time of tar | zstd -T0, under 200 MB of memory. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { benchRoom, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [files = 2000, megabytes = 100, rounds = 3] = numbersGiven(2000, 100, 3);
const room = benchRoom("archive");

const root = path.join(room, "tree");
makeTree(root, files, megabytes * 1e6);
const door = new URL("../src/artifacts/index.ts", import.meta.url).href;
const ours = `
  import { projectMembers, writeArchive, selectFiles } from ${JSON.stringify(door)};
  import { listTree } from ${JSON.stringify(new URL("../src/system/index.ts", import.meta.url).href)};
  const root = ${JSON.stringify(root)};
  const project = { root, git: null, files: listTree(root).entries.filter((entry) => entry.kind === "file") };
  const files = process.env.SELECT ? selectFiles(project).files : project.files;
  const format = process.env.FORMAT;
  await writeArchive({ name: "tree", members: projectMembers(root, files), format, output: ${JSON.stringify(room)} + "/ours." + format });`;

const node = [process.execPath, "--input-type=module", "-e", ours] as const;
const goal = "at most 2 times, 200 MB";
const ways: readonly (Way & { readonly output: string })[] = [
  {
    name: "tar | zstd -T0",
    argv: ["sh", "-c", `tar -C ${room} -cf - tree | zstd -q -T0 -f -o ${room}/theirs`],
    output: "theirs",
  },
  { name: "rung tar.zst", argv: node, env: { FORMAT: "tar.zst" }, output: "ours.tar.zst", goal },
  {
    name: "rung tar.zst, with the search for secrets",
    argv: node,
    env: { FORMAT: "tar.zst", SELECT: "1" },
    output: "ours.tar.zst",
    goal,
  },
  { name: "rung tar.gz", argv: node, env: { FORMAT: "tar.gz" }, output: "ours.tar.gz" },
  { name: "rung zip", argv: node, env: { FORMAT: "zip" }, output: "ours.zip" },
];

const timings = measureInTurn(room, ways, { rounds });
printTable(`archive of ${files} files and ${megabytes} MB`, ways, timings);
for (const { name, output } of ways) {
  console.log(`${name}: ${(fs.statSync(path.join(room, output)).size / 1e6).toFixed(1)} MB`);
}

/** Nine tenths of the bytes in small files of CSV, the rest in one file that does not compress. */
function makeTree(root: string, files: number, bytes: number): void {
  const each = Math.floor((bytes * 0.9) / files);
  for (let index = 0; index < files; index += 1) {
    const folder = path.join(root, `part-${index % 100}`);
    if (index < 100) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${index}.csv`), csv(index, each));
  }
  const large = fs.openSync(path.join(root, "large.bin"), "w");
  for (let left = bytes * 0.1; left > 0; left -= 1e6)
    fs.writeSync(large, crypto.randomBytes(Math.min(left, 1e6)));
  fs.closeSync(large);
}

/** Numbers by a small generator of our own, so that every run has the same bytes. */
function csv(seed: number, bytes: number): string {
  let state = seed + 1;
  let text = "";
  while (text.length < bytes) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${state % 10_000},${(state / 2 ** 32).toFixed(4)},site-${state % 7}\n`;
  }
  return text.slice(0, bytes);
}
