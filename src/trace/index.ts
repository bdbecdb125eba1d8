/** A command under observation: from the lines that the hook wrote, and strace's, to a Trace.
 *  The lines come from a hostile process: they are read as data, within bounds. How a run is watched is behind watching.ts, the second door. */
export { maskSecrets } from "./mask-secrets.ts";
export type { TraceEvent } from "./event.ts";
export { placesOf } from "./places.ts";
export type { Places } from "./places.ts";
export { followEvents } from "./read-events.ts";
export type { FollowedEvents, OnEvent } from "./read-events.ts";
export { readTrace } from "./read-trace.ts";
export { importFindings, traceFindings } from "./findings.ts";
export { readAhead } from "./modules.ts";
export { packTrace, unpackTrace } from "./record.ts";
export { namedRun, storedTrace } from "./stored-trace.ts";
