import { describe, expect, it } from "vitest";
import { entryOf } from "../blank.ts";
import { asAsked, type Found } from "./as-asked.ts";
import { levelOf } from "./revive.ts";

const counts = (compared: number, different: number) => ({
  compared,
  identical: compared - different,
  normalised: 0,
  tolerance: 0,
  different,
});
const found = (
  asked: string,
  ran: boolean,
  parts: Partial<Found["entry"]> = {},
  repeats: boolean | null = null,
): Found => ({
  asked,
  entry: entryOf(asked, "run", { ran, seconds: 2, ...parts }),
  repeats,
});

describe("the level of what was revived", () => {
  it.each([
    ["-1 where one failed", [found("a", true), found("b", false)], -1],
    ["-1 where two runs differ", [found("a", true, {}, false)], -1],
    ["unknown where each gave the same twice, mended", [found("a", true, {}, true)], null],
    ["unknown where all ran once", [found("a", true), found("b", true)], null],
    ["unknown where one was never started", [found("a", true), found("b", false, { seconds: null })], null],
    ["unknown where there is nothing", [], null],
  ] as const)("is %s", (_, entries, level) => {
    expect(levelOf(entries)).toBe(level);
  });
});

describe("what was asked for", () => {
  it("stands in the order in which it was asked for, and is left out where it is not known yet", () => {
    const names = asAsked([found("b", true), found("a", true)], ["a", "b", "c"]).map(({ name }) => name);
    expect(names).toEqual(["a", "b"]);
  });

  it("is one where it ran in several folders, and ran where it ran in all", () => {
    const [entry] = asAsked(
      [
        found("make", true, {
          cells: counts(3, 1),
          python: "3.8.1",
          date: "2020-01-01",
          differences: ["one"],
        }),
        found("make", false, {
          cells: counts(2, 0),
          python: "3.9.2",
          date: "2021-01-01",
          cause: "b.py:1: no",
        }),
      ],
      ["make"],
    );
    expect(entry).toMatchObject({
      ran: false,
      seconds: 4,
      cells: { compared: 5, identical: 4, different: 1 },
      python: "3.8.1, 3.9.2",
      date: "2021-01-01",
      cause: "b.py:1: no",
      differences: ["one"],
    });
  });
});
