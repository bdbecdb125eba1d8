/** The nouns of the house, as types, and the few small values that go with them.
 *  Loads no schema: the zod schemas themselves are behind schemas.ts, the room's second door, since loading zod costs 50 ms. */
export type { Change } from "./change.ts";
export type { Command, CommandKind, CommandOrigin } from "./command.ts";
export type { Comparison, Difference, Sameness } from "./comparison.ts";
export type { CompareRule, Config, VariableConfig } from "./config.ts";
export type { Environment, Interpreter } from "./environment.ts";
export { ToolError, toolErrorCodes } from "./error.ts";
export type { ToolErrorCode, ToolErrorDetails } from "./error.ts";
export type { Finding, Location, Severity } from "./finding.ts";
export { isExecutable } from "./file-mode.ts";
export { makeFinding } from "./make-finding.ts";
export type { Ladder, Rung } from "./ladder.ts";
export type { Manifest } from "./manifest.ts";
export type { GitState, Project, ProjectFile, PythonRequest } from "./project.ts";
export type { Committed, Evidence, EvidenceStatus, Proof, Verdict } from "./proof.ts";
export type { Requirement } from "./requirement.ts";
export type { Isolation, Output, Run } from "./run.ts";
