/** Rung's memory: records in SQLite, contents as blobs named by their digest.
 *  Crash-safe, and safe with two processes at once. */
export { findStore, openScratchStore, openStore, openStoreAlone } from "./store.ts";
export type { BlobBatch } from "./blobs.ts";
export type { Store } from "./store.ts";
