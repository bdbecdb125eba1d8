import type { Trace } from "../../model/index.ts";
import { definePerturbation, lookedAt, seenIn, whereDeclared } from "./perturbation.ts";

export const tempFolder = definePerturbation({
  id: "temp-folder",
  kind: "temp-folder",
  title: "the temporary folder, and the names in it",
  varies: "each-run",
  fixed: "the temporary folder and its names fixed",
  freed: "another temporary folder, and other names in it",
  choices: 2,
  // A folder that nothing uses is left as it is: TMPDIR would show where a program prints its variables.
  apply: (choice, { trace }) => ({
    ...(mayUse(trace) ? { temporaryFolder: choice } : {}),
    control: { temporaryNames: choice },
  }),
  notHere: whereDeclared("TMPDIR"),
  touched: (trace) => (isUsed(trace) ? true : null),
});

function isUsed(trace: Trace): boolean {
  return lookedAt(trace, "TMPDIR", "TEMP", "TMP") || trace.files.some(({ area }) => area === "temporary");
}

/** Other programs than the one Python may use it unseen. */
function mayUse(trace: Trace | null): boolean {
  return trace === null || trace.processes.length > 1 || seenIn(trace, isUsed(trace)) !== false;
}
