import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listTree, sha256 } from "../system/index.ts";
import { findStore, openStore } from "./index.ts";
import { proofWith } from "../../test/support/proof.ts";

let root = "";
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "rung-store-"));
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

interface Elsewhere {
  readonly child: ReturnType<typeof spawn>;
  /** Watched from the start: the process may have ended before anybody asks. */
  readonly ended: Promise<number | null>;
}

/** Runs a script against the store in a process of its own, and returns it after its first line of output. */
function elsewhere(script: string): Promise<Elsewhere> {
  const door = path.resolve(import.meta.dirname, "index.ts");
  const code = `import { openStore } from ${JSON.stringify(door)};\nconst store = openStore(${JSON.stringify(root)});\n${script}`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return new Promise((resolve) => {
    child.stdout.once("data", () => resolve({ child, ended }));
  });
}

test("nothing is made where nothing is known", () => {
  expect(findStore(root)).toBeNull();
  expect(fs.readdirSync(root)).toEqual([]);
});

test("the folder explains itself and stays out of Git", () => {
  openStore(root).close();
  expect(fs.readFileSync(path.join(root, ".rung/.gitignore"), "utf8")).toBe("*\n");
  expect(fs.readFileSync(path.join(root, ".rung/README.txt"), "utf8")).toContain("rung prove");
});

test("the newest proof of each level counts", () => {
  const store = openStore(root);
  store.saveProof(proofWith({ level: 0, provedAt: "2026-01-01T00:00:00Z" }));
  store.saveProof(proofWith({ level: 0, provedAt: "2026-01-02T00:00:00Z" }));
  store.saveProof(proofWith({ level: 1, provedAt: "2026-01-01T00:00:00Z" }));
  store.close();
  const again = openStore(root);
  expect([...again.latestProofs()].map(([level, { provedAt }]) => [level, provedAt])).toEqual([
    [0, "2026-01-02T00:00:00Z"],
    [1, "2026-01-01T00:00:00Z"],
  ]);
  again.close();
});

test("a process killed while it writes loses no finished record and leaves nothing half-written", async () => {
  const { child, ended } = await elsewhere(`
    const big = "x".repeat(2_000_000);
    for (let n = 0; ; n += 1) {
      store.blobs.put(big + n);
      store.saveNote("n" + n, { n, big });
      if (n === 5) process.stdout.write("writing\\n");
    }`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGKILL");
  await ended;
  const store = openStore(root);
  for (let n = 0; n <= 5; n += 1) expect(store.note(`n${n}`)).toMatchObject({ n });
  const blobs = listTree(path.join(root, ".rung/blobs")).entries.filter(
    (entry) => entry.kind === "file" && !entry.path.endsWith(".tmp"),
  );
  for (const { path: name } of blobs) {
    expect(sha256(fs.readFileSync(path.join(root, ".rung/blobs", name)))).toBe(name.replace("/", ""));
  }
  store.close();
});

test("two processes at once lose no record of either", async () => {
  const write = (who: string): Promise<Elsewhere> =>
    elsewhere(`
      process.stdout.write("started\\n");
      for (let n = 0; n < 200; n += 1) store.saveNote("${who}" + n, n);
      store.close();`);
  const writers = await Promise.all([write("a"), write("b")]);
  const codes = await Promise.all(writers.map(({ ended }) => ended));
  expect(codes).toEqual([0, 0]);
  const store = openStore(root);
  for (let n = 0; n < 200; n += 1) expect([store.note(`a${n}`), store.note(`b${n}`)]).toEqual([n, n]);
  store.close();
});

test("an unchanged file is not read again, a changed one is", () => {
  fs.writeFileSync(path.join(root, "a.txt"), "one");
  fs.utimesSync(path.join(root, "a.txt"), 1_000_000, 1_000_000);
  const store = openStore(root);
  const entries = (): ReturnType<typeof listTree>["entries"] =>
    listTree(root, (folder) => folder === ".rung").entries;
  expect(store.digests(root, entries()).get("a.txt")).toBe(sha256("one"));
  fs.writeFileSync(path.join(root, "a.txt"), "two");
  expect(store.digests(root, entries()).get("a.txt")).toBe(sha256("two"));
  store.close();
});

test("a damaged database is said so, with what to do", () => {
  openStore(root).close();
  fs.writeFileSync(path.join(root, ".rung/rung.sqlite"), "not a database".repeat(1000));
  expect(() => openStore(root)).toThrow(expect.objectContaining({ code: "STORE_CORRUPT" }));
});

test("proofs that another user's Rung wrote count for nothing", () => {
  const before = process.env["RUNG_CACHE"];
  try {
    process.env["RUNG_CACHE"] = path.join(root, "strangers-cache");
    const stranger = openStore(root);
    stranger.saveProof(proofWith({ level: 3, provedAt: "2026-01-01T00:00:00Z" }));
    stranger.saveNote("ladder", { level: 3 });
    expect(stranger.latestProofs().size).toBe(1);
    stranger.close();
    process.env["RUNG_CACHE"] = path.join(root, "own-cache");
    const own = openStore(root);
    expect(own.latestProofs().size).toBe(0);
    expect(own.note("ladder")).toBeNull();
    own.close();
  } finally {
    if (before === undefined) delete process.env["RUNG_CACHE"];
    else process.env["RUNG_CACHE"] = before;
  }
});
