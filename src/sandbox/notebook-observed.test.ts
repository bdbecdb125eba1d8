import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { executeCommand } from "./execute.ts";
import { hookFiles } from "./hook.ts";
import { makeSample, type Sample } from "./sample-request.ts";
import { sampleTools } from "./sample-tools.ts";

const tools = sampleTools();
const hook = { record: true, seed: null, forceSeed: false, control: null, probe: null };

interface Event {
  readonly k: string;
  readonly at?: readonly [string, number];
  readonly [key: string]: unknown;
}

let sample: Sample;
beforeEach(() => {
  sample = makeSample();
});
afterEach(() => sample.remove());

async function eventsOf(sources: readonly string[]): Promise<readonly Event[]> {
  const cells = sources.map((source) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source: [source],
  }));
  const notebook = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
  fs.writeFileSync(path.join(sample.root, "a.ipynb"), JSON.stringify(notebook));
  const more = { hook, ...(tools === null ? {} : { tools }) };
  const result = await executeCommand(sample.request({ kind: "notebook", run: "a.ipynb" }, more));
  expect(result.run.errorTail).toBe("");
  const lines = fs.readFileSync(path.join(result.shared, hookFiles.events), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Event);
}

it.skipIf(tools === null)(
  "a kernel hands over after each cell what was seen and counted, and nothing of Jupyter's own doings",
  async () => {
    const events = await eventsOf([
      "import random, time, uuid\nrandom.seed(1)",
      "for i in range(5):\n    open('made', 'w').close()\ntime.time()\nuuid.uuid4()",
      "random._inst.random()\nimport os\nprint(len(os.listdir()))",
      "%time time.sleep(0)",
    ]);
    const of = (kind: string): Event[] => events.filter(({ k }) => k === kind);
    expect(of("cell")).toMatchObject([{ th: 0 }, { th: 0 }, { th: 0 }, { th: 0 }]);
    expect(of("count").filter(({ at }) => at?.[0] === "cell:2")).toMatchObject([{ of: "open", n: 5 }]);
    const states = of("rng")
      .filter((one) => one["s"] === "exit")
      .map((one) => one["d"]);
    expect(states.map((state) => states.indexOf(state))).toEqual([0, 0, 2, 2]);
    const kinds = new Set(["clock", "entropy", "machine", "draw", "list", "log", "spawn"]);
    const touches = events
      .filter(({ k }) => kinds.has(k))
      .map((one) => `${one.k} ${String(one["fn"])} ${one.at?.join(":") ?? "nowhere"}`);
    for (const touch of [
      "clock time.time cell:2:3",
      "entropy uuid.uuid4 cell:2:4",
      "list os.listdir cell:3:3",
      "clock time.time cell:4:1",
    ])
      expect(touches).toContain(touch);
    expect(touches.filter((touch) => touch.endsWith("nowhere"))).toEqual([]);
  },
);

it.skipIf(tools === null)(
  "what Jupyter drew before the first cell, and between cells, is not the notebook's",
  async () => {
    const events = await eventsOf(["print(1)", "print(2)"]);
    const states = events.filter(({ k, g }) => k === "rng" && g === "random");
    const ends = states.flatMap(({ s }, at) => (s === "exit" ? [at] : []));
    expect(ends).toHaveLength(2);
    for (const at of ends) expect(states[at - 1]).toMatchObject({ s: "import", d: states[at]?.["d"] });
  },
);
