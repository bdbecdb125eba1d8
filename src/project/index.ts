/** What a directory holds: files, manifests, commands, documents, data, Git state.
 *  Reads files only; what was found and what was guessed is said apart by each command's origin. */
export { discoverProject, projectRoot } from "./discover.ts";
export type { Discovery } from "./discover.ts";
export { stageFiles, startRepository } from "./git.ts";
export { listProject } from "./listing.ts";
