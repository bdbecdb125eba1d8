import { definePerturbation } from "./perturbation.ts";

export const treePath = definePerturbation({
  id: "tree-path",
  kind: "tree-path",
  title: "the path at which the project lies",
  varies: "elsewhere",
  fixed: "the project at one path",
  freed: "the project at another path",
  choices: 2,
  apply: (choice) => (choice === 0 ? {} : { treePath: choice }),
});
