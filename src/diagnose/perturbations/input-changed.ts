import { definePerturbation, seenIn } from "./perturbation.ts";

/** A command that reads what it wrote the last time. */
export const inputChanged = definePerturbation({
  id: "input-changed",
  kind: "input-changed",
  title: "what an earlier run left in the project",
  varies: "elsewhere",
  fixed: "a fresh copy of the project",
  freed: "what an earlier run left in the project",
  choices: 1,
  apply: (choice) => (choice === 0 ? {} : { secondRun: true }),
  touched: (trace) =>
    seenIn(
      trace,
      trace.files.some(({ area, written }) => area === "tree" && written),
    ),
});
