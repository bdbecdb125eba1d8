import { definePerturbation } from "./perturbation.ts";

const variables = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "BLIS_NUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "NUMBA_NUM_THREADS",
  "TF_NUM_INTRAOP_THREADS",
  "TF_NUM_INTEROP_THREADS",
];

/**
 * How work is shared among threads and processes: how many threads the numerical libraries use, which of them Python lets
 * run, and in which order results come that come when they are ready.
 */
export const threads = definePerturbation({
  id: "threads",
  kind: "threads",
  title: "threads, and who of them is first",
  varies: "each-run",
  fixed: "one numerical thread, and results in the order of their tasks",
  freed: "more numerical threads, and results in another order",
  choices: 3,
  apply(choice, { trace, machine }) {
    const count = String([1, 2, 4, 3][choice] ?? 2);
    const isParallel = trace === null || trace.threads > 0 || trace.processes.length > 2;
    return {
      variables: Object.fromEntries(variables.map((name) => [name, count])),
      control: { completion: choice, switchInterval: choice === 0 ? 0.1 : 0.000_01 },
      // What races is the same in each run only where one runs after the other.
      ...(isParallel ? { oneProcessor: machine.processors[0] ?? 0 } : {}),
    };
  },
  touched: (trace) =>
    trace.threads > 0 || trace.processes.length > 2 || trace.machine.numericalLibraries.length > 0
      ? true
      : null,
});
