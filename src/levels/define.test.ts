import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence, Rung, Verdict } from "../model/index.ts";
import { verdictOf } from "./define.ts";
import { undetectedShare } from "./conditions.ts";
import { reachedLevel } from "./reached-level.ts";
import { levels } from "./levels.ts";

const statuses = ["proved", "attested", "claimed", "missing", "failed"] as const;
const evidence = fc.array(
  fc.record({ id: fc.string(), status: fc.constantFrom(...statuses), summary: fc.string() }),
);

describe("a verdict", () => {
  test("is met only where everything was proved", () => {
    fc.assert(
      fc.property(evidence, (items: Evidence[]) => {
        const allProved = items.length > 0 && items.every((item) => item.status === "proved");
        expect(verdictOf(items) === "met").toBe(allProved);
      }),
    );
  });

  test("is unknown where there is no evidence", () => {
    expect(verdictOf([])).toBe("unknown");
  });
});

function rungs(...verdicts: Verdict[]): Rung[] {
  return verdicts.map((verdict, level) => ({
    level,
    title: "",
    verdict,
    evidence: [],
    findings: [],
    provedAt: null,
    stale: null,
  }));
}

describe("the level", () => {
  test("is the highest rung met with all below it met", () => {
    expect(reachedLevel(rungs("met", "met", "unknown", "met"))).toBe(1);
    expect(reachedLevel(rungs("met", "met", "met", "met"))).toBe(3);
  });

  test("is -1 when rung 0 is unmet and null when it is unknown, whatever stands above", () => {
    expect(reachedLevel(rungs("unmet", "met", "met", "met"))).toBe(-1);
    expect(reachedLevel(rungs("unknown", "met", "met", "met"))).toBeNull();
    expect(reachedLevel([])).toBeNull();
  });
});

test("two equal runs rule out little, and that is said", () => {
  expect(undetectedShare(2)).toBeCloseTo(0.95);
  expect(undetectedShare(5)).toBeCloseTo(0.527, 3);
  expect(undetectedShare(1)).toBe(1);
});

describe.each(levels.map((level) => [level.order, level] as const))("level %i", (order, level) => {
  test("stands in its place and says in words what it rests on", () => {
    expect(levels[order]).toBe(level);
    expect(level.dependsOn.length).toBeGreaterThan(0);
    expect(level.title).not.toBe("");
  });
});
