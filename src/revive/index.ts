/** A project that no longer runs, brought back step by step: run, read the failure, mend the environment, run again.
 *  Changes how the project is run and what is installed for it, never its code. */
export { obtainProject } from "./obtain.ts";
export { reviveProject } from "./revive.ts";
export type { Revival, RevivedEntry, ReviveStep } from "./revival.ts";
export { writeRevival } from "./write.ts";
