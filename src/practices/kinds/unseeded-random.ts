import { makeFinding, type Finding } from "../../model/index.ts";
import { callsOf, definePractice, type PlacedCall } from "../practice.ts";
import { generators, isMadeUnseeded, isNeverSeeded, seedsAll } from "./random-generators.ts";

/** Random numbers of a generator that nothing reachable seeds. */
export const unseededRandom = definePractice({
  id: "unseeded-random",
  title: "random numbers without a seed",
  find(code) {
    const calls = callsOf(code);
    const isSeeded = (seeds: RegExp): boolean =>
      calls.some(({ call }) => seedsAll.test(call.name) || (seeds.test(call.name) && call.hasArguments));
    const findings: Finding[] = [];
    for (const { title, draws, seeds, fix } of generators) {
      if (isSeeded(seeds)) continue;
      const drawing = calls.filter(({ file, call }) => draws(call, code.get(file)?.imports ?? []));
      findings.push(...drawing.map((placed) => at(placed, `draws from ${title}, which nothing seeds`, fix)));
    }
    for (const placed of calls) {
      if (isMadeUnseeded(placed.call))
        findings.push(at(placed, "is made without a seed", "Give it one: default_rng(0), Random(0)."));
      if (isNeverSeeded(placed.call))
        findings.push(
          at(
            placed,
            "is the system's randomness, which nothing can seed",
            "Use a seeded generator where results depend on it.",
          ),
        );
    }
    return findings;
  },
});

function at({ file, call }: PlacedCall, says: string, fix: string): Finding {
  return makeFinding("unseeded-random", "warning", `${call.name.replace(/^\./u, "")} ${says}`, {
    file,
    line: call.line,
    why: "Each run draws other numbers; that two runs agree may be luck.",
    fix,
  });
}
