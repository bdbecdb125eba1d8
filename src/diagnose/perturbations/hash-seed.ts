import { definePerturbation, whereDeclared } from "./perturbation.ts";

/** https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED: the order of sets of str and bytes. */
export const hashSeed = definePerturbation({
  id: "hash-seed",
  kind: "hash-seed",
  title: "the seed of Python's hashes",
  varies: "each-run",
  fixed: "PYTHONHASHSEED fixed",
  freed: "PYTHONHASHSEED changed",
  choices: 3,
  apply: (choice) => ({ variables: { PYTHONHASHSEED: String(choice) } }),
  notHere: whereDeclared("PYTHONHASHSEED"),
});
