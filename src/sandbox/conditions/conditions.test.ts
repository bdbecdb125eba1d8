import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backends, works } from "../detect.ts";
import { executeCommand } from "../execute.ts";
import { noControl, type HookControl } from "../hook.ts";
import { makeSample, type Sample } from "../sample-request.ts";
import { mergeConditions, type Conditions } from "./conditions.ts";
import { movedLine } from "./started-elsewhere.ts";

const working = new Map<string, boolean>();
for (const backend of backends) working.set(backend.kind, await works(backend));

let sample: Sample;
beforeEach(() => {
  sample = makeSample({
    "draw.py": "import random\nprint(random.Random().random())\nprint(random.Random().random())\n",
    "write.py": "import os, sys\nos.mkdir('made')\nopen('made/r.txt', 'w').write(sys.argv[0])\n",
    "old.txt": "old",
  });
});
afterEach(() => {
  delete process.env["RUNG_ISOLATION"];
  sample.remove();
});

async function lines(run: string, conditions: Conditions): Promise<string[]> {
  const result = await executeCommand({ ...sample.request({ run }), conditions });
  expect(result.run.errorTail).toBe("");
  return sample.text(result, "", "stdout").trim().split("\n");
}

describe("conditions together", () => {
  it("keep the variables and controls of each", () => {
    const merged = mergeConditions([
      { variables: { A: "1", B: "1" }, nativeVariables: { C: "1" }, control: { random: 1 }, umask: 0o22 },
      { variables: { B: null }, nativeVariables: { D: "2" }, control: { entropy: 2 } },
    ]);
    expect(merged).toEqual({
      variables: { A: "1", B: null },
      nativeVariables: { C: "1", D: "2" },
      control: { random: 1, entropy: 2 },
      umask: 0o22,
    });
  });

  it("do not touch what the project declares", async () => {
    const result = await executeCommand({
      ...sample.request({ run: 'echo "$A $B"', env: { A: "own" } }),
      conditions: { variables: { A: "changed", B: "changed" } },
    });
    expect(sample.text(result, "", "stdout")).toBe("own changed\n");
  });
});

describe("a fixed clock", () => {
  it("lets a program sleep and wait for others, and goes on by its readings", async () => {
    fs.writeFileSync(
      path.join(sample.root, "wait.py"),
      [
        "import subprocess, sys, threading, time",
        "start = time.time()",
        "time.sleep(0.2)",
        "subprocess.run([sys.executable, '-c', 'import time; time.sleep(0.1)'], timeout=60, check=True)",
        "work = lambda: sum(range(3_000_000))",
        "threads = [threading.Thread(target=work) for _ in range(3)]",
        "for thread in threads: thread.start()",
        "for thread in threads: thread.join()",
        "took = time.time() - start",
        "print(0 < took < 10 or took)",
      ].join("\n"),
    );
    const said = await lines("python wait.py", { clock: 1_776_248_430, control: { timers: 1000 } });
    expect(said).toEqual(["True"]);
  });
});

describe("a control", () => {
  const taken = (more: Partial<HookControl>): Conditions => ({
    control: { ...noControl, random: 1, ...more },
  });

  it("holds at some places only, where it is told so", async () => {
    const file = path.join(sample.root, "draw.py");
    const [one, other] = [await lines("python draw.py", taken({})), await lines("python draw.py", taken({}))];
    expect(one).toEqual(other);
    // Where nothing isolates, the tree is elsewhere in each run.
    if (working.get("bubblewrap") !== true && working.get("unshare") !== true) return;
    const only = await lines("python draw.py", taken({ onlySites: [[file, 2]] }));
    expect([only[0] === one[0], only[1] === one[1]]).toEqual([true, false]);
    const but = await lines("python draw.py", taken({ exceptSites: [[file, 2]] }));
    expect([one.includes(but[0] ?? ""), one.includes(but[1] ?? "")]).toEqual([false, true]);
  });
});

describe.each(backends.map((backend) => backend.kind))("with %s", (kind) => {
  const run = it.skipIf(working.get(kind) !== true);
  beforeEach(() => {
    process.env["RUNG_ISOLATION"] = kind;
  });

  run("what is left elsewhere counts as left in the command's folder", async () => {
    const result = await executeCommand({
      ...sample.request({ run: "python write.py" }),
      conditions: { elsewhere: true },
    });
    expect(result.run.errorTail).toBe("");
    expect(sample.text(result, "made/r.txt")).toBe("write.py");
    expect(result.conditionsNotMet.length).toBe(kind === "none" ? 1 : 0);
    expect(fs.readdirSync(sample.root).toSorted()).toEqual(["draw.py", "old.txt", "write.py"]);
  });

  run("what cannot be met is said", async () => {
    const conditions: Conditions = {
      hostname: "another",
      home: 1,
      treePath: 1,
      otherUser: 1,
      network: false,
    };
    const result = await executeCommand({ ...sample.request({ run: "true" }), conditions });
    expect(result.run.exitCode).toBe(0);
    expect(result.conditionsNotMet.length).toBe(kind === "none" ? 5 : 0);
  });
});

describe("a line for another folder", () => {
  it("names the files that it starts programs with by their full path", () => {
    const folder = { real: sample.root, inside: "/new place" };
    expect(movedLine("python draw.py old.txt -o new.txt", folder)).toEqual({
      line: "python '/new place/draw.py' '/new place/old.txt' -o new.txt",
      argument0: ["/new place/draw.py", "draw.py"],
    });
    expect(movedLine("A=1 python draw.py > old.txt && echo old.txt", folder)?.line).toBe(
      "A=1 python '/new place/draw.py' > old.txt && echo old.txt",
    );
    expect(movedLine("python -m draw", folder)).toBeNull();
    expect(movedLine("make", folder)).toBeNull();
  });
});
