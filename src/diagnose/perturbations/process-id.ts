import { askedMachine, definePerturbation } from "./perturbation.ts";

export const processId = definePerturbation({
  id: "process-id",
  kind: "process-id",
  title: "process ids",
  varies: "each-run",
  fixed: "process ids fixed",
  freed: "other process ids",
  choices: 3,
  apply: (choice) => ({ processOffset: 37 * choice }),
  touched: (trace) => (askedMachine(trace, /pid/u) ? true : null),
});
