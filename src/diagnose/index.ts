/** Why did it happen? From what a run left to the place in the project that causes it.
 *  Here: why a command failed; each explanation is a finding with file and line. */
export { explainFailure } from "./failure.ts";
export { explainTraceback } from "./hidden-traceback.ts";
