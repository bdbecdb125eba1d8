/** The nouns of the house, as types, and the few small values that go with them.
 *  Loads no schema: the zod schemas themselves are behind schemas.ts, the room's second door, since loading zod costs 50 ms. */
export { cacheFolders } from "./cache-folders.ts";
export type { Cause, CauseKind, Diagnosis, Mend } from "./cause.ts";
export type { Circumstances, RunInput } from "./circumstances.ts";
export type { Change } from "./change.ts";
export type { Command, CommandKind } from "./command.ts";
export type { Comparison, Difference, Sameness } from "./comparison.ts";
export type { CompareRule, Config, VariableConfig } from "./config.ts";
export type { Environment, Interpreter } from "./environment.ts";
export { distinctFindings } from "./distinct-findings.ts";
export { ToolError } from "./error.ts";
export type { ToolErrorCode } from "./error.ts";
export type { Finding, Location } from "./finding.ts";
export { isExecutable } from "./file-mode.ts";
export { makeFinding } from "./make-finding.ts";
export type { Ladder, Rung } from "./ladder.ts";
export type { Manifest } from "./manifest.ts";
export type { Need, NeedKnown } from "./need.ts";
export type { GitState, Project, ProjectFile, PythonRequest } from "./project.ts";
export type { Committed, Evidence, Proof, Verdict } from "./proof.ts";
export type { Requirement } from "./requirement.ts";
export type { Isolation, Output, Run } from "./run.ts";
export { sizeText } from "./size-text.ts";
export type {
  CodePlace,
  Coverage,
  Touch,
  Trace,
  TracedFile,
  TracedGenerator,
  TracedMachine,
  TracedModule,
  TracedProcess,
} from "./trace.ts";
export type { ComparisonCounts, SurveyEntry, SurveyProject, SurveyVerb } from "./survey.ts";
