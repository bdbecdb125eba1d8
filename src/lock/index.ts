/** From a project to a lock for each platform, and what is to be said of a lock that is there.
 *  Locks are standards: pylock.toml (PEP 751) is written, requirements with hashes are read too. */
export { checkOnline } from "./check-online.ts";
export { coversRequirements } from "./covers-requirements.ts";
export { dependenciesHere } from "./dependencies-of.ts";
export { inspectLock } from "./inspect-lock.ts";
export { missingFromLock } from "./missing-from-lock.ts";
export type { LockPlatform } from "./platforms.ts";
export { resolveLock } from "./resolve-lock.ts";
