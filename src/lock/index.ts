/** From a project to a lock for each platform, and what is to be said of a lock that is there.
 *  pylock.toml (PEP 751) is written; the locks of uv, Poetry, PDM and Pipenv and requirements with hashes are kept to. */
export { chooseLock } from "./choose-lock.ts";
export type { LockFile } from "./choose-lock.ts";
export { checkOnline } from "./check-online.ts";
export { coversRequirements } from "./covers-requirements.ts";
export { dependenciesHere } from "./dependencies-of.ts";
export { each } from "./each.ts";
export { inspectLock } from "./inspect-lock.ts";
export { installableLock } from "./installable-lock.ts";
export { keptVersions, versionsMoved } from "./kept-versions.ts";
export { missingFromLock } from "./missing-from-lock.ts";
export { lockPlatforms, thisLockPlatform } from "./platforms.ts";
export type { LockPlatform } from "../manifests/index.ts";
export { resolveLock } from "./resolve-lock.ts";
export { refreshLock, toolOfLock } from "./refresh-lock.ts";
export { wheelServes, wheelTags } from "./wheel-tags.ts";
export { exportFormatOf, exportLock } from "./export-lock.ts";
export type { Exported, ExportFormat } from "./exports/export-format.ts";
export { bomProject, bomText, pypiPurl } from "./exports/bom.ts";
