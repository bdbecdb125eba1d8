/** From imports, calls and install lines to the distributions that they need, and to what of an environment is used.
 *  What is ambiguous is said, never guessed in silence. */
export { distributionCandidates, isKnownDistribution, matchModule } from "./distributions.ts";
export { freezeProject } from "./freeze/freeze-environment.ts";
export { frozenFormats, frozenText } from "./freeze/frozen-text.ts";
export { folderOf, namesAt, pathFrom, rootsAddedBy } from "./import-roots.ts";
export { inferNeeds } from "./infer-needs.ts";
export type { Inference } from "./infer-needs.ts";
export { inferProject } from "./infer-project.ts";
export { installedModules } from "./installed-modules.ts";
export type { ModuleOwners } from "./installed-modules.ts";
export { wrongMappings } from "./wrong-mappings.ts";
export { needFromFailure } from "./need-from-failure.ts";
export { learnPinned } from "./learn-pinned.ts";
export { pinnedModules, seenModules } from "./pinned-modules.ts";
export { needsText } from "./needs-text.ts";
export { syntaxFaults } from "./syntax-faults.ts";
export { entryFiles, reachableSources, reachFrom } from "./reach.ts";
