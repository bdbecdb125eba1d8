import { expect, it } from "vitest";
import { makeFinding } from "../model/index.ts";
import { findingText, paintFor, renderSwap } from "./index.ts";

const coloured = paintFor({}, { FORCE_COLOR: "1" });
const hostile = "a\u001b[2J";

it.each([
  [
    "two recorded runs",
    renderSwap(
      {
        schemaVersion: 1,
        one: "e20c6e1b",
        other: "1017ac09",
        command: hostile,
        verdict: "different",
        runs: 4,
        outputs: ["a.csv"],
        causes: [
          {
            kinds: ["code"],
            parts: ["code"],
            outputs: ["a.csv"],
            confirmed: true,
            explains: true,
            alone: true,
          },
        ],
        together: null,
        notes: [],
      },
      coloured,
    ),
  ],
  ["a finding", findingText(makeFinding("unpinned-dependency", "error", hostile, {}), coloured)],
])("%s: its own colours reach the terminal, and what a project says does not steer it", (_, text) => {
  expect(text).toContain("\u001b[");
  expect(text).toContain(String.raw`a\x1b[2J`);
  expect(text.split(String.raw`\x1b`)).toHaveLength(2);
});
