/** A ladder and its parts as text: one renderer per file, each from plain records alone.
 *  Nothing here reads, runs or prints. */
export { renderChanges } from "./changes.ts";
export { renderJson } from "./json.ts";
export { paintFor } from "./paint.ts";
export type { Paint } from "./paint.ts";
export { printable } from "./printable.ts";
export { renderTerminal } from "./terminal.ts";
