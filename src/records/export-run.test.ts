import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Output, Run } from "../model/index.ts";
import { openStore } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { packTrace } from "../trace/index.ts";
import { exportRun, runFormatOf, type RunExportOptions } from "./export-run.ts";
import { sampleRun } from "./exchange/sample-run.ts";

const work = temporaryDirectory("export-run-test");
afterAll(() => work[Symbol.dispose]());

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
const crate: RunExportOptions = {
  format: runFormatOf("ro-crate"),
  output: null,
  withFiles: false,
  replace: false,
  toolVersion: "0.1.0",
};

/** A project with a run that read two files and left one that is executable; one of the two has changed since. */
function project(name: string): string {
  const root = path.join(work.path, name);
  fs.mkdirSync(path.join(root, "data"), { recursive: true });
  fs.writeFileSync(path.join(root, "data/kept 1.csv"), "1\n");
  fs.writeFileSync(path.join(root, "changed.csv"), "now\n");
  const store = openStore(root);
  const [input] = sampleRun.trace.files;
  if (input === undefined) throw new Error("no sample");
  const trace = {
    ...sampleRun.trace,
    root,
    files: [
      { ...input, path: "data/kept 1.csv", digest: sha("1\n"), size: 2 },
      { ...input, path: "changed.csv", digest: sha("then\n"), size: 5 },
      { ...input, path: "/data/far.csv", area: "outside" as const, digest: sha("far"), size: 3 },
      { ...input, path: "../../escape.csv", digest: sha("1\n"), size: 2 },
    ],
  };
  const output = (kind: Output["kind"], at: string, text: string, mode = 0o644): Output => ({
    kind,
    path: at,
    change: "created",
    digest: store.blobs.put(text),
    size: text.length,
    mode,
    symlink: false,
  });
  const run: Run = {
    ...sampleRun.run,
    exitCode: 0,
    errorTail: "",
    outputs: [output("file", "out/run.sh", "#!/bin/sh\n", 0o755), output("stdout", "", "done\n")],
    stderr: store.blobs.put("warned\n"),
    trace: store.blobs.put(packTrace(trace)),
  };
  store.saveRun(run);
  store.close();
  return root;
}

const entities = (text: string): Record<string, unknown>[] =>
  (JSON.parse(text) as { "@graph": Record<string, unknown>[] })["@graph"];

test("a crate holds what the run left and read, byte for byte, and says what it lacks", async () => {
  const root = project("folder");
  const output = path.join(work.path, "crate");
  const { files, findings } = await exportRun(root, "train", { ...crate, output, withFiles: true });
  expect(files).toBe(4);
  expect(findings.map(({ message }) => message)).toEqual([
    "../../escape.csv is not in the crate: its path leads out of the crate",
    "/data/far.csv is not in the crate: it lies outside the project",
    "changed.csv is not in the crate: it is no longer what the run read",
  ]);
  const read = (name: string): string => fs.readFileSync(path.join(output, name), "utf8");
  expect(read("data/kept 1.csv")).toBe("1\n");
  expect(read("run-0b54c9a1/stdout.txt")).toBe("done\n");
  expect(read("run-0b54c9a1/stderr.txt")).toBe("warned\n");
  expect(fs.statSync(path.join(output, "out/run.sh")).mode & 0o777).toBe(0o755);
  expect(fs.existsSync(path.join(output, "changed.csv"))).toBe(false);
  const parts = entities(read("ro-crate-metadata.json")).filter((entity) => entity["@type"] === "File");
  for (const { "@id": id, sha256 } of parts)
    expect(sha(read(decodeURIComponent(String(id)))), String(id)).toBe(sha256);
  expect(parts).toHaveLength(4);
  expect(entities(read("ro-crate-metadata.json"))).toContainEqual(
    expect.objectContaining({ "@id": "#absent/changed.csv", "@type": "CreativeWork" }),
  );
});

test("the same run gives the same zip, with its description at the top", async () => {
  const root = project("zip");
  const write = async (name: string): Promise<Buffer> => {
    const output = path.join(work.path, name);
    await exportRun(root, "0b54", { ...crate, output, withFiles: true });
    return fs.readFileSync(output);
  };
  const one = await write("one.zip");
  expect(one.equals(await write("two.zip"))).toBe(true);
  expect(one.includes(Buffer.from("ro-crate-metadata.json"))).toBe(true);
  expect(one.includes(Buffer.from("/ro-crate-metadata.json"))).toBe(false);
});

test("what is there is not replaced unasked", async () => {
  const root = project("taken");
  const output = path.join(work.path, "taken.zip");
  fs.writeFileSync(output, "mine");
  const files = { ...crate, output, withFiles: true };
  await expect(exportRun(root, "train", files)).rejects.toThrow("is there already");
  await expect(exportRun(root, "train", { ...files, output: root })).rejects.toThrow("is there already");
  await expect(exportRun(root, "train", { ...crate, output })).rejects.toThrow("is there already");
  expect(fs.readFileSync(output, "utf8")).toBe("mine");
  await exportRun(root, "train", { ...files, replace: true });
  expect(fs.readFileSync(output, "utf8")).not.toBe("mine");
});

test("without files it is text, and what makes no sense is said", async () => {
  const root = project("text");
  const { text, path: written } = await exportRun(root, "train", crate);
  expect(written).toBeNull();
  expect(entities(text ?? "").length).toBeGreaterThan(5);
  const prov = { ...crate, format: runFormatOf("prov"), withFiles: true, output: "x.zip" };
  await expect(exportRun(root, "train", prov)).rejects.toThrow("Only an RO-Crate");
  await expect(exportRun(root, "nothing", crate)).rejects.toThrow('No run is kept under "nothing"');
  expect(() => runFormatOf("xml")).toThrow('"xml" names no format');
});
