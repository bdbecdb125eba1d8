import type { LockContent } from "../artifact.ts";
import { packagesFormat } from "./artifacts-of-packages.ts";
import { hashedRequirements } from "./hashed-requirements.ts";
import type { LockFormat } from "./lock-format.ts";

/** PEP 751. */
const pylock = packagesFormat("pylock.toml", (name) => /^pylock\.(?:[^.]+\.)?toml$/u.test(name));

/** Every format of lock that is read down to its artifacts; where a project has several, the first counts. */
export const lockFormats: readonly LockFormat[] = [
  pylock,
  packagesFormat("uv.lock", (name) => name === "uv.lock"),
  packagesFormat("poetry.lock", (name) => name === "poetry.lock"),
  packagesFormat("pdm.lock", (name) => name === "pdm.lock"),
  packagesFormat("Pipfile.lock", (name) => name === "Pipfile.lock"),
  hashedRequirements,
];

/** The format of a lock by the name of its file; a requirements file for any other name. */
export function formatOfLock(path: string): LockFormat {
  const name = path.split("/").at(-1) ?? path;
  const known = lockFormats.find((format) => format.matches(name));
  return known ?? (name.endsWith(".toml") ? pylock : hashedRequirements);
}

/** Reads a pylock.toml. What is no such file becomes the finding lock-invalid; never throws. */
export const readPylock = (text: string, path: string): LockContent => pylock.read(text, path, []);
