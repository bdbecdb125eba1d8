import { hashedRequirements } from "./hashed-requirements.ts";
import type { LockFormat } from "./lock-format.ts";
import { pdmLock } from "./pdm-lock.ts";
import { pipfileLock } from "./pipfile-lock.ts";
import { poetryLock } from "./poetry-lock.ts";
import { pylock } from "./pylock.ts";
import { uvLock } from "./uv-lock.ts";

/** Every format of lock that is read down to its artifacts; where a project has several, the first counts. */
export const lockFormats: readonly LockFormat[] = [
  pylock,
  uvLock,
  poetryLock,
  pdmLock,
  pipfileLock,
  hashedRequirements,
];

/** The format of a lock by the name of its file; a requirements file for any other name. */
export function formatOfLock(path: string): LockFormat {
  const name = path.split("/").at(-1) ?? path;
  const known = lockFormats.find((format) => format.matches(name));
  return known ?? (name.endsWith(".toml") ? pylock : hashedRequirements);
}
