import { definePerturbation } from "./perturbation.ts";

/** Read by libraries in C: no owner's run has them, so that a program that prints its variables must not see them. */
const native = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "BLIS_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "TF_NUM_INTRAOP_THREADS",
  "TF_NUM_INTEROP_THREADS",
];
/** Read by Python code of these modules, from os.environ. */
const byPython = { numexpr: "NUMEXPR_NUM_THREADS", numba: "NUMBA_NUM_THREADS" } as const;

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
    const isUsed = (module: string): boolean =>
      trace === null || trace.modules.some(({ name }) => name === module);
    const seen = Object.entries(byPython).filter(([module]) => isUsed(module));
    return {
      nativeVariables: Object.fromEntries(native.map((name) => [name, count])),
      variables: Object.fromEntries(seen.map(([, name]) => [name, count])),
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
