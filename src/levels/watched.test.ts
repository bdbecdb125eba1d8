import { expect, test } from "vitest";
import type { Command, Trace } from "../model/index.ts";
import { watchedEvidence } from "./watched.ts";

const command = (run: string): Command => ({
  name: "main",
  kind: "run",
  run,
  cwd: ".",
  env: {},
  timeoutSeconds: 60,
  needs: [],
  outputs: [],
  network: false,
  fallback: null,
  origin: "declared",
  location: null,
});

const trace: Trace = {
  schemaVersion: 1,
  run: "1",
  command: "main",
  root: "/project",
  startedAt: "2026-01-01T00:00:00Z",
  durationMs: 1,
  coverage: {
    layers: ["audit", "monitoring"],
    blindProcesses: [],
    unseen: ["what the shell and programs other than Python did"],
    dropped: 0,
    complete: true,
  },
  processes: [],
  files: [],
  modules: [],
  variables: [],
  hosts: [],
  generators: [],
  entropy: [],
  clocks: [],
  machineReads: [],
  listings: [],
  threads: 0,
  libraries: [],
  machine: {
    platform: "linux",
    cpu: "",
    cpuCount: 1,
    cpuFeatures: [],
    memoryBytes: 1,
    numericalLibraries: [],
    gpus: [],
    locale: "C",
    timeZone: "UTC",
  },
  git: null,
};

function statusOf(run: string, traced: Trace | null): string | undefined {
  const traces = new Map(traced === null ? [] : [["main", traced]]);
  return watchedEvidence([command(run)], traces).evidence[0]?.status;
}

test.each(["python main.py", "python3.11 -m pkg.train --n 5", "SEED=1 /opt/env/bin/python main.py 'a;b'"])(
  "%s is watched whole",
  (run) => expect(statusOf(run, trace)).toBe("proved"),
);

test.each([
  "cat ~/data.csv > in.csv && python main.py",
  "python main.py < /data/in.csv",
  "python main.py $(cat /data/words)",
  'python main.py "`cat /data/words`"',
  "make all",
])("what the shell or another program reads in `%s` is not seen, and so nothing is known", (run) =>
  expect(statusOf(run, trace)).toBe("missing"),
);

test("strace sees all programs; a run without a trace is unknown", () => {
  const deep: Trace = { ...trace, coverage: { ...trace.coverage, layers: ["strace"] } };
  expect(statusOf("cat in.csv > out.csv && python main.py", deep)).toBe("proved");
  expect(statusOf("python main.py", null)).toBe("missing");
});
