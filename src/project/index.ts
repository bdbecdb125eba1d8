/** What a directory holds: files, manifests, commands, documents, data, Git state.
 *  Reads files only; what was found and what was guessed is said apart by each command's origin. */
export { discoverProject, projectRoot } from "./discover.ts";
export type { Discovery, ReadSources } from "./discover.ts";
export { readGit, stageFiles, startRepository, trackedFiles } from "./git.ts";
export { quoteForShell } from "./guess.ts";
export { listProject } from "./listing.ts";
export { toSpecifier } from "./python.ts";
