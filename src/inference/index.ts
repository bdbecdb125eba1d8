/** From imports, calls and install lines to the distributions that they need, and to what of an environment is used.
 *  What is ambiguous is said, never guessed in silence. */
export type { CodeBase } from "./code-base.ts";
export { distributionCandidates, matchModule } from "./distributions.ts";
export { freezeEnvironment, freezeProject } from "./freeze/freeze-environment.ts";
export type { Frozen, FrozenPackage } from "./freeze/freeze-environment.ts";
export { frozenFormats, frozenText, writeFrozen } from "./freeze/frozen-text.ts";
export type { FrozenFormat } from "./freeze/frozen-text.ts";
export { folderOf, namesAt, pathFrom, rootsAddedBy } from "./import-roots.ts";
export { inferNeeds } from "./infer-needs.ts";
export type { Inference, InferenceRequest } from "./infer-needs.ts";
export { inferProject } from "./infer-project.ts";
export { installedModules } from "./installed-modules.ts";
export type { InstalledModules } from "./installed-modules.ts";
export { modulesOfFiles } from "./modules-of-files.ts";
export { needFromFailure } from "./need-from-failure.ts";
export { readCodeBase } from "./read-code-base.ts";
export { needsText } from "./needs-text.ts";
export { entryFiles, localModules, reachableSources, reachFrom } from "./reach.ts";
export { thirdPartyImports } from "./third-party.ts";
