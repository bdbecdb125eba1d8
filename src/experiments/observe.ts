import type { Trace } from "../model/index.ts";
import { readTrace } from "../trace/index.ts";
import type { Lab, ReadRun } from "./lab/lab.ts";

/** Reads what a recorded run did. */
export function traceOf(lab: Lab): ReadRun<Trace> {
  return (result, request) => readTrace(request, result, { git: lab.subject.project.git });
}
