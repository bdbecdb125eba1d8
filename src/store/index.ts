/** Rung's memory: records in SQLite, contents as blobs named by their digest.
 *  Crash-safe, and safe with two processes at once. */
export { findStore, openScratchStore, openStore } from "./store.ts";
export type { Store } from "./store.ts";
