import type { Trace } from "../../model/index.ts";
import { askedMachine, definePerturbation } from "./perturbation.ts";

export const workingDirectory = definePerturbation({
  id: "working-directory",
  kind: "working-directory",
  title: "the folder in which the command is started",
  varies: "elsewhere",
  fixed: "the start in its own folder",
  freed: "the start in another folder",
  choices: 1,
  mayFail: true,
  apply: (choice) => (choice === 0 ? {} : { elsewhere: true }),
  touched: (trace) => (askedMachine(trace, /cwd/u) || usesFiles(trace) ? true : null),
});

/** Files of the project that are no code of its own are mostly looked for from the folder of the start. */
function usesFiles({ files }: Trace): boolean {
  return files.some(
    ({ area, read, listed, path }) => area === "tree" && (read || listed) && !/\.(?:pyc?|ipynb)$/u.test(path),
  );
}
