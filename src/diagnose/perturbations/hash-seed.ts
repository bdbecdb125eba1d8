import { definePerturbation, whereDeclared } from "./perturbation.ts";

/**
 * https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED: the order of sets of str and bytes. The variable is
 * not there as its owner runs the command, so that a program that prints its variables must not see it.
 */
export const hashSeed = definePerturbation({
  id: "hash-seed",
  kind: "hash-seed",
  title: "the seed of Python's hashes",
  varies: "each-run",
  fixed: "PYTHONHASHSEED fixed",
  freed: "PYTHONHASHSEED changed",
  choices: 3,
  apply: (choice) => ({ nativeVariables: { PYTHONHASHSEED: String(choice) } }),
  notHere: whereDeclared("PYTHONHASHSEED"),
});
