/** What a directory holds: files, manifests, commands, documents, data, Git state.
 *  Reads files only; what was found and what was guessed is said apart by each command's origin.
 *  The listing alone is behind listing.ts, the second door, which loads no reader. */
export { cloneRepository } from "./clone.ts";
export { committedFiles } from "./committed-files.ts";
export { discoverProject } from "./discover.ts";
export type { Discovery } from "./discover.ts";
export { stageFiles, startRepository } from "./git.ts";
export { splitFolder } from "./launch-words.ts";
export { launchedCommand } from "./launched.ts";
export { projectRoot } from "./listing.ts";
export { chooseSpec } from "./spec.ts";
export { writeChanges } from "./write-changes.ts";
