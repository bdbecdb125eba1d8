/** From imports, calls and install lines to the distributions that they need, and to what of an environment is used.
 *  What is ambiguous is said, never guessed in silence. */
export type { CodeBase } from "./code-base.ts";
export { distributionCandidates } from "./distributions.ts";
export { folderOf, namesAt, pathFrom, rootsAddedBy } from "./import-roots.ts";
export { inferNeeds } from "./infer-needs.ts";
export type { Inference, InferenceRequest } from "./infer-needs.ts";
export { installedModules } from "./installed-modules.ts";
export type { InstalledModules } from "./installed-modules.ts";
export { needFromFailure } from "./need-from-failure.ts";
export { readCodeBase } from "./read-code-base.ts";
export { entryFiles, localModules, reachableSources, reachFrom } from "./reach.ts";
export { thirdPartyImports } from "./third-party.ts";
