import { definePerturbation, seenIn } from "./perturbation.ts";

export const randomSeed = definePerturbation({
  id: "random-seed",
  kind: "random-seed",
  title: "the seeds of random number generators",
  varies: "each-run",
  fixed: "all random number generators seeded",
  freed: "random number generators seeded otherwise",
  choices: 3,
  apply: (choice) => ({ control: { random: choice } }),
  touched: (trace) =>
    seenIn(
      trace,
      trace.generators.some(({ generator, unseededUse }) => generator !== "hash" && unseededUse),
    ),
});
