/** A ladder and its parts as text: one renderer per file, each from plain records alone.
 *  Nothing here reads, runs or prints. Diffs are behind changes.ts, the second door, which loads their library. */
export { renderJson } from "./json.ts";
export { paintFor } from "./paint.ts";
export type { Paint } from "./paint.ts";
export { printable } from "./printable.ts";
export { findingText, renderTerminal } from "./terminal.ts";
