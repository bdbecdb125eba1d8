import { definePerturbation, whereDeclared } from "./perturbation.ts";

/** https://docs.python.org/3/using/cmdline.html#cmdoption-O: without assert statements and `if __debug__`. */
export const optimise = definePerturbation({
  id: "optimise",
  kind: "environment",
  title: "Python's -O",
  varies: "elsewhere",
  fixed: "PYTHONOPTIMIZE as it is",
  freed: "PYTHONOPTIMIZE changed",
  choices: 2,
  apply: (choice) => (choice === 0 ? {} : { variables: { PYTHONOPTIMIZE: String(choice) } }),
  notHere: whereDeclared("PYTHONOPTIMIZE"),
});
