/** Runs kept and compared, and handed to other tools in their formats.
 *  Everything here is made from records alone: nothing is run. */
export { accountOf } from "./exchange/account.ts";
export type { Account, RunSource } from "./exchange/account.ts";
export { runFormats } from "./exchange/run-formats.ts";
export type { RunFormat } from "./exchange/run-format.ts";
