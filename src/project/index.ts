/** What a directory holds: files, manifests, commands, documents, data, Git state.
 *  Reads files only; what was found and what was guessed is said apart by each command's origin.
 *  The listing alone is behind listing.ts, the second door, which loads no reader. */
export { discoverProject } from "./discover.ts";
export type { Discovery, ReadSources } from "./discover.ts";
export { readGit, stageFiles, startRepository, trackedFiles } from "./git.ts";
export { quoteForShell } from "./guess.ts";
export { listProject, projectRoot } from "./listing.ts";
export { toSpecifier } from "./python.ts";
