import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Output, Run } from "../model/index.ts";
import { layOutputs, missingOutputs } from "./outputs.ts";
import { makeSample, type Sample } from "./sample-request.ts";

let sample: Sample;
beforeEach(() => {
  sample = makeSample({ "models/m.pkl": "m", "report.html": "r" });
});
afterEach(() => sample.remove());

const file = (name: string, digest: string | null): Output => ({
  kind: "file",
  path: name,
  change: digest === null ? "deleted" : "created",
  digest,
  size: 1,
  mode: 0o644,
  symlink: false,
});

it("finds declared outputs by path, folder and glob; those outside the tree are missing", () => {
  const declared = [
    "report.html",
    "./models/",
    "models/*.pkl",
    "**/*.html",
    "models/*.csv",
    "../x",
    "/etc/passwd",
  ];
  expect(missingOutputs(sample.root, declared)).toEqual(["models/*.csv", "../x", "/etc/passwd"]);
});

it("never writes or deletes through a link that leads out of the tree", () => {
  const outside = path.join(sample.folder, "outside");
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, "precious"), "p");
  fs.symlinkSync(outside, path.join(sample.root, "link"));
  const { blobs } = sample.request({});
  const run = { outputs: [file("link/precious", null)] } as unknown as Run;
  layOutputs(sample.root, [run], blobs);
  expect(fs.readFileSync(path.join(outside, "precious"), "utf8")).toBe("p");
  const digest = blobs.put(Buffer.from("x"));
  layOutputs(sample.root, [{ outputs: [file("link/new", digest)] } as unknown as Run], blobs);
  expect(fs.readdirSync(outside)).toEqual(["precious"]);
  expect(fs.readFileSync(path.join(sample.root, "link/new"), "utf8")).toBe("x");
});
