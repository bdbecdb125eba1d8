/** The second door: how a run is watched, and its lines read, without what makes a trace of them, which a command loads
 *  while the run goes on. */
export { deepWatcher, observeSettings } from "./observe.ts";
export { readLines } from "./read-lines.ts";
