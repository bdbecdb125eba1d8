import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { thisLockPlatform } from "../../lock/index.ts";
import { temporaryDirectory } from "../../system/index.ts";
import { keptRuntime } from "./kept-runtime.ts";
import type { RuntimePlan } from "../runtime/runtime-plan.ts";

const room = temporaryDirectory("kept-runtime");
const before = process.env["RUNG_CACHE"];
process.env["RUNG_CACHE"] = path.join(room.path, "cache");
afterAll(() => {
  if (before === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = before;
  room[Symbol.dispose]();
});

const platform = thisLockPlatform();
const library = path.join(room.path, "lib/python3.11");
fs.mkdirSync(library, { recursive: true });
fs.writeFileSync(path.join(library, "os.py"), "");
const file = path.join(room.path, "libx.so");
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3100));

let made = 0;
const plan = async (wheels: readonly string[] = []): Promise<RuntimePlan> => {
  if (platform === null) throw new Error("no platform");
  const interpreter = {
    executable: path.join(room.path, "bin/python3.11"),
    version: "3.11.7",
    implementation: "cpython",
    basePrefix: room.path,
  };
  return keptRuntime({ platform, interpreter, programs: [], wheels }, () => {
    made += 1;
    return Promise.resolve({
      part: {
        id: "runtime",
        what: "a runtime",
        members: [
          { path: "runtime/lib/libx.so", kind: "file", mode: 0o644, content: { path: file } },
          { path: "runtime/bin/x", kind: "file", mode: 0o755, content: { bytes: Buffer.from("small") } },
          {
            path: "runtime/libexec/x",
            kind: "file",
            mode: 0o755,
            content: { bytes: Buffer.alloc(20_000, made) },
          },
          { path: "runtime/empty", kind: "directory", mode: 0o755, content: null },
        ],
      },
      python: { version: "3.11.7", implementation: "cpython", origin: "closure", starter: "runtime/bin/x" },
      loader: "ld.so",
      cLibrary: "2.36",
      isProvable: true,
      programs: ["x"],
      findings: [],
    });
  });
};

test.skipIf(platform === null)(
  "a plan is made anew for every change that it could rest on, and only then",
  async () => {
    fs.writeFileSync(file, "one");
    await plan();
    await plan();
    // What changed just now could change again unseen.
    expect(made).toBe(2);
    await settled();
    const first = await plan();
    expect(made).toBe(3);
    const again = await plan();
    expect(made).toBe(3);
    expect(again).toEqual(first);
    expect(again.part?.identity).toMatch(/^[0-9a-f]{64}$/u);
    const contents = again.part?.members.map(({ content }) =>
      content === null ? null : "bytes" in content ? content.bytes : fs.readFileSync(content.path),
    );
    expect(contents).toEqual([Buffer.from("one"), Buffer.from("small"), Buffer.alloc(20_000, 3), null]);

    await plan(["another wheel"]);
    expect(made).toBe(4);
    fs.writeFileSync(file, "two");
    fs.utimesSync(file, 1, 1);
    await plan();
    expect(made).toBe(5);
    fs.writeFileSync(path.join(library, "new.py"), "");
    await plan();
    expect(made).toBe(6);
  },
);
