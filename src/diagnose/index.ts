/** Why did it happen? From what a run left to the place in the project that causes it.
 *  Here: why a command failed; each explanation is a finding with file and line. */
export { explainCause } from "./causes.ts";
export { nearMiss } from "./causes/missing-local-module.ts";
export { insideRoom, isMachinePath, missingPath } from "./causes/missing-path.ts";
export { readFailedRun, startFolder } from "./failed-run.ts";
export type { FailedProject, FailedRun } from "./failed-run.ts";
export { didFail, explainFailure } from "./failure.ts";
export { explainTraceback } from "./hidden-traceback.ts";
export { unreachedNetwork } from "./causes/needs-network.ts";
export { perturbations } from "./perturbations/index.ts";
export { perturbedMachine } from "./perturbations/machine.ts";
export type { Perturbation, PerturbationContext } from "./perturbations/perturbation.ts";
export type { PlaceExperiment, ProposedMend } from "./probes/experiment.ts";
export { findCauses } from "./search/find-causes.ts";
export type { Suspected } from "./search/find-causes.ts";
export { findCausePlaces } from "./probes/cause-places.ts";
export type { Replay } from "./probes/find-places.ts";
export { openProbeRoom } from "./probes/probe-room.ts";
export type { ProbedCopy } from "./probes/probe-room.ts";
export type { Place as FoundPlace } from "./probes/tell-places.ts";
export { advice } from "./mends/advice.ts";
export { proposeMends } from "./mends/propose-mends.ts";
export type { MendRequest } from "./mends/propose-mends.ts";
export type { SharedGenerator } from "./mends/seed-lines.ts";
export { seedChanges } from "./mends/seed-patch.ts";
