import { definePerturbation } from "./perturbation.ts";

export const fileTimes = definePerturbation({
  id: "file-times",
  kind: "file-times",
  title: "the times of the project's files",
  varies: "elsewhere",
  fixed: "the times of files as they are",
  freed: "other times of files",
  choices: 2,
  apply: (choice) => (choice === 0 ? {} : { fileTimes: choice === 1 ? "reversed" : "equal" }),
});
