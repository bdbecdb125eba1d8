import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstDivergence } from "./divergence.ts";
import type { Log, LogEntry, LogHead } from "./entry.ts";
import { passes } from "./filter.ts";
import { entryText } from "./log-text.ts";
import { parseSpokenLine, spokenEntries } from "./spoken-lines.ts";

const head: LogHead = {
  run: "54e57e13-0000-4000-8000-000000000000",
  command: "train",
  line: "python train.py",
  startedAt: "2026-01-01T00:00:00.000Z",
  environment: "",
  python: "3.12.1",
  seed: null,
  forceSeed: false,
  commit: null,
  changed: null,
};

function logOf(...lines: readonly (readonly [LogEntry["source"], string])[]): Log {
  const entries = lines.map(([source, message], index): LogEntry => {
    const time = new Date(Date.UTC(2026, 0, 1) + index).toISOString();
    return { time, severity: "info", source, message };
  });
  return { head, entries };
}

test("arbitrary text is no line, and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const line = parseSpokenLine(text);
      expect(line === null || typeof line.message === "string").toBe(true);
    }),
  );
});

test("a traceback on standard error is an error, up to the line that names the exception", () => {
  const said = [
    "starting",
    "Traceback (most recent call last):",
    '  File "a.py", line 1',
    "KeyError: 1",
    "bye",
  ];
  const entryOf = spokenEntries((moment) => moment);
  const entries = said.map((message, moment) => entryOf({ moment, source: "stderr", message }));
  expect(entries.map(({ severity }) => severity)).toEqual(["info", "error", "error", "error", "info"]);
});

test("an entry is one line, its place behind it, further lines set in", () => {
  const entry: LogEntry = {
    time: "2026-01-01T12:30:00.123Z",
    severity: "warning",
    source: "logging",
    message: "two\nlines",
    logger: "train",
    at: { file: "a.ipynb", line: 2, cell: 3 },
  };
  expect(entryText(entry)).toBe(
    "12:30:00.123  WARNING   logging  train: two\n    lines  (a.ipynb cell 3, line 2)\n",
  );
  expect(passes(entry, { level: "warning", source: "logging", text: "TWO" })).toBe(true);
  expect(passes(entry, { level: "error" })).toBe(false);
});

describe("where two logs first differ", () => {
  const find = (one: Log, other: Log): unknown => firstDivergence(one, other, []);

  test("nowhere, where times alone differ, or how the streams lie beside each other", () => {
    const one = logOf(
      ["stdout", "2026-01-01 10:00:00,123 INFO ready"],
      ["stderr", "note"],
      ["stdout", "end"],
    );
    const other = logOf(
      ["stderr", "note"],
      ["stdout", "2026-02-03 11:22:33,456 INFO ready"],
      ["stdout", "end"],
    );
    expect(find(one, other)).toBeNull();
  });

  test("at the line that was left out, and at the end of the shorter", () => {
    const one = logOf(["stdout", "a"], ["stdout", "b"], ["stdout", "c"]);
    expect(find(one, logOf(["stdout", "a"], ["stdout", "c"]))).toMatchObject({
      line: 2,
      one: { message: "b" },
      other: { message: "c" },
    });
    expect(find(one, logOf(["stdout", "a"], ["stdout", "b"]))).toMatchObject({ line: 3, other: null });
  });

  test("in the source that differs first", () => {
    const one = logOf(["stderr", "x"], ["stdout", "a"]);
    expect(find(one, logOf(["stderr", "y"], ["stdout", "b"]))).toMatchObject({ source: "stderr", line: 1 });
  });
});
