import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCauses, type Suspected } from "./find-causes.ts";

interface World {
  readonly suspects: readonly Suspected[];
  /** Sets of ids, each of which makes a difference; none holds another. */
  readonly truth: readonly (readonly string[])[];
}

async function search(world: World, expected: boolean, mostRuns = Number.POSITIVE_INFINITY) {
  let runs = 0;
  const result = await findCauses({
    suspects: world.suspects,
    expected,
    differs: async (changed) => {
      if (runs >= mostRuns) return null;
      runs += 1;
      return world.truth.some((set) => set.every((id) => changed.includes(id)));
    },
  });
  return { ...result, runs };
}

function suspects(...weights: readonly number[]): readonly Suspected[] {
  return weights.map((weight, index) => ({ id: `s${index}`, weight }));
}

const sorted = (sets: readonly (readonly string[])[]): readonly string[] =>
  sets.map((set) => [...set].sort().join("+")).sort();

/** Worlds with independent sets of one to three members that share none. */
const worlds = fc
  .record({
    weights: fc.array(fc.double({ min: 0.01, max: 20, noNaN: true }), { minLength: 1, maxLength: 24 }),
    sizes: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ weights, sizes, order }): World => {
    const all = suspects(...weights);
    const pool = all.map(({ id }) => id);
    const truth: string[][] = [];
    for (const size of sizes) {
      if (pool.length < size) break;
      truth.push(
        Array.from({ length: size }, () => pool.splice((order.next().value ?? 0) % pool.length, 1)[0] ?? ""),
      );
    }
    return { suspects: all, truth };
  });

describe("searching for what makes runs differ", () => {
  it("finds all causes, alone or together, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.boolean(), async (world, expected) => {
        const found = await search(world, expected);
        expect(sorted(found.causes)).toEqual(sorted(world.truth));
        expect(found.restIsClean).toBe(true);
        expect(found.exhausted).toBe(false);
      }),
    );
  });

  it("takes about log n runs for one cause", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 64 }), fc.nat(), async (count, at) => {
        const all = suspects(...Array.from({ length: count }, () => 1));
        const truth = [[all[at % count]?.id ?? ""]];
        const { runs } = await search({ suspects: all, truth }, true);
        expect(runs).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) + 2);
      }),
    );
  });

  it("takes two runs where the likeliest is the one: it, and all others together", async () => {
    const all = suspects(10, 2, 1, ...Array.from({ length: 20 }, () => 0.05));
    expect(await search({ suspects: all, truth: [["s0"]] }, true)).toMatchObject({
      causes: [["s0"]],
      runs: 2,
    });
  });

  it("takes one run where nothing makes a difference", async () => {
    expect(await search({ suspects: suspects(5, 1, 1), truth: [] }, false)).toMatchObject({
      causes: [],
      restIsClean: true,
      runs: 1,
    });
  });

  it("keeps what it found when the runs run out", async () => {
    const world = {
      suspects: suspects(10, 1, 1, 1, 1, 1, 1, 1),
      truth: [["s0"], ["s5"]],
    };
    const found = await search(world, true, 2);
    expect(found).toMatchObject({ causes: [["s0"]], restIsClean: false, exhausted: true, runs: 2 });
  });

  it("ends within any bound", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer({ min: 0, max: 12 }), async (world, mostRuns) => {
        const found = await search(world, true, mostRuns);
        expect(found.runs).toBeLessThanOrEqual(mostRuns);
        for (const cause of sorted(found.causes)) expect(sorted(world.truth)).toContain(cause);
      }),
    );
  });
});
