import { definePerturbation, lookedAt, whereDeclared } from "./perturbation.ts";

export const home = definePerturbation({
  id: "home",
  kind: "home",
  title: "the home folder",
  varies: "elsewhere",
  fixed: "the home folder as it is",
  freed: "another, empty home folder",
  choices: 2,
  apply: (choice) => (choice === 0 ? {} : { home: choice }),
  notHere: whereDeclared("HOME"),
  touched: (trace) => (lookedAt(trace, "HOME") ? true : null),
});
