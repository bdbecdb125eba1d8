import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CauseKind } from "../model/index.ts";
import { explore } from "./explore.ts";
import { sampleSeries, sampleSuspect, type Program } from "./sample-series.ts";
import { vectorOf, type Vector } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

const kinds = ["random-seed", "hash-seed", "clock", "locale", "umask", "home", "user", "network"] as const;
const plain = kinds.map((kind) => sampleSuspect(kind));

async function explored(
  program: Program,
  suspects: readonly Suspect[] = plain,
  mostRuns = 100,
  expected = true,
) {
  const series = sampleSeries(program, suspects, mostRuns);
  const reference = await series.under(vectorOf(suspects, [], 0), "");
  if (reference === null) throw new Error("no run was allowed");
  const found = await explore({ series, suspects, reference: reference.run, expected, choice: 1 });
  return {
    ...found,
    kinds: found.causes.map(({ members }) => members.map(({ id }) => id).join("+")).sort(),
    runs: series.runs,
  };
}

const text = (chosen: ReadonlyMap<string, number>, ...of: readonly CauseKind[]): string =>
  of.map((kind) => chosen.get(kind)).join(" ");

describe("exploring what makes a difference", () => {
  it("names each cause with the outputs that it reaches", async () => {
    const found = await explored((chosen) => ({
      "a.csv": text(chosen, "random-seed"),
      stdout: text(chosen, "random-seed", "clock"),
      "b.csv": "always",
    }));
    expect(found.kinds).toEqual(["clock", "random-seed"]);
    expect(found.causes.find(({ members }) => members[0]?.id === "clock")?.outputs).toEqual(["stdout"]);
    expect(found).toMatchObject({ unstable: [], restIsClean: true, exhausted: false });
  });

  it("finds all independent causes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: 4 }), async (causes) => {
        const found = await explored((chosen) => ({ stdout: text(chosen, ...causes) }));
        expect(found.kinds).toEqual([...causes].sort());
      }),
    );
  });

  it("blames nothing for an output that differs by itself, and finds the cause of another", async () => {
    const found = await explored((chosen, run) => ({ noise: `${run}`, stdout: text(chosen, "locale") }));
    expect(found.unstable).toEqual(["noise"]);
    expect(found.kinds).toEqual(["locale"]);
  });

  it("takes no run that was killed for a difference, and names what it cannot do without", async () => {
    const found = await explored((chosen) =>
      chosen.get("umask") === 0 ? { stdout: text(chosen, "clock") } : "is killed",
    );
    expect(found.kinds).toEqual(["clock"]);
    expect(found.needed.map(({ id }) => id)).toEqual(["umask"]);
  });

  it("finds no cause where a run was killed by chance", async () => {
    for (let killed = 2; killed < 8; killed += 1) {
      const found = await explored((_, run) => (run === killed ? "is killed" : { stdout: "always" }), plain);
      expect({ killed, kinds: found.kinds }).toEqual({ killed, kinds: [] });
    }
  });

  it("finds no cause where everything differs by itself", async () => {
    const found = await explored((_, run) => ({ stdout: `${run}` }));
    expect(found).toMatchObject({ kinds: [], unstable: ["stdout"] });
  });

  it("does not blame the one suspect there is without a look at what stays the same", async () => {
    const found = await explored((_, run) => ({ stdout: `${run}` }), [sampleSuspect("clock")]);
    expect(found).toMatchObject({ kinds: [], unstable: ["stdout"] });
  });

  it("blames the addresses alone where whatever is changed moves them", async () => {
    const suspects = kinds.map((kind) => sampleSuspect(kind));
    suspects.push(sampleSuspect("memory-address", { followsOthers: true }));
    const found = await explored((chosen) => ({ stdout: [...chosen.values()].join() }), suspects);
    expect(found).toMatchObject({ kinds: ["memory-address"], unstable: [] });
  });

  it("looks at what an earlier run left by itself, since it may hide another cause", async () => {
    const suspects = [...plain, sampleSuspect("input-changed", { choices: 1 })];
    const found = await explored(
      (chosen) => ({ stdout: chosen.get("input-changed") === 1 ? "0" : text(chosen, "umask") }),
      suspects,
    );
    expect(found.kinds).toEqual(["umask"]);
  });

  it("tells what a command needs from what changes its results", async () => {
    const suspects = kinds.map((kind) => sampleSuspect(kind, { mayFail: kind === "network" }));
    const found = await explored(
      (chosen) => (chosen.get("network") === 0 ? { stdout: text(chosen, "umask") } : "fails"),
      suspects,
    );
    expect(found.kinds).toEqual(["umask"]);
    expect(found.needed.map(({ id }) => id)).toEqual(["network"]);
  });

  it("takes one run where nothing makes a difference", async () => {
    const found = await explored(() => ({ stdout: "always" }), plain, 100, false);
    expect(found).toMatchObject({ kinds: [], restIsClean: true, runs: 2 });
  });

  it.each([
    [["working-directory"], 2],
    [["network", "environment"], 2],
    [["network", "environment"], 3],
  ] as const)("says that runs ran out before %j were looked at apart", async (apart, mostRuns) => {
    const suspects = kinds
      .filter((kind) => kind !== "network")
      .map((kind) => sampleSuspect(kind))
      .concat(apart.map((kind) => sampleSuspect(kind, { mayFail: true, touched: true })));
    const found = await explored((chosen) => ({ stdout: text(chosen, ...apart) }), suspects, mostRuns, false);
    expect(found).toMatchObject({ kinds: [], exhausted: true });
  });

  it("makes no plain run of a suspect that a probed run shows, and plain ones where probes hide it", async () => {
    const program: Program = (chosen) => ({ stdout: text(chosen, "clock") });
    const series = sampleSeries(program, plain);
    const reference = await series.under(vectorOf(plain, [], 0), "");
    const other = await series.under(vectorOf(plain, plain, 1), "");
    if (reference === null || other === null) throw new Error("no run was allowed");
    const shown = await series.differences(reference.run, other.run);
    const clock = plain.filter(({ kind }) => kind === "clock");
    for (const isHidden of [false, true]) {
      const own = sampleSeries(program, plain);
      const rest = await own.under(vectorOf(plain, [], 0), "");
      if (rest === null) throw new Error("no run was allowed");
      const probes = {
        differences: async (vector: Vector) =>
          isHidden || vector.get(clock[0] as Suspect) !== 1 ? [] : shown,
      };
      const found = await explore({
        series: own,
        suspects: plain,
        reference: rest.run,
        expected: true,
        choice: 1,
        probes,
      });
      expect(found.causes.map(({ members }) => members)).toEqual([clock]);
      expect(own.knows(vectorOf(plain, clock, 1))).toBe(isHidden);
    }
  });

  it("stops at its bound and keeps what it has", async () => {
    const found = await explored((chosen) => ({ stdout: text(chosen, "clock", "user") }), plain, 4);
    expect(found.exhausted).toBe(true);
    expect(found.runs).toBeLessThanOrEqual(4);
  });
});
