import { chosen, definePerturbation } from "./perturbation.ts";

export const fileTimes = definePerturbation({
  id: "file-times",
  kind: "file-times",
  title: "the times of the project's files",
  varies: "elsewhere",
  fixed: "the times of files as they are",
  freed: "other times of files",
  choices: 3,
  apply: (choice) => (choice === 0 ? {} : { fileTimes: chosen(choice, ["reversed", "names", "equal"]) }),
});
