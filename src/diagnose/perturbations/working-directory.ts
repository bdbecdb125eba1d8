import { askedMachine, definePerturbation } from "./perturbation.ts";

export const workingDirectory = definePerturbation({
  id: "working-directory",
  kind: "working-directory",
  title: "the folder in which the command is started",
  varies: "elsewhere",
  fixed: "started in its own folder",
  freed: "started in another folder",
  choices: 1,
  mayFail: true,
  apply: (choice) => (choice === 0 ? {} : { elsewhere: true }),
  touched: (trace) => (askedMachine(trace, /cwd/u) ? true : null),
});
