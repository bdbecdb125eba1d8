import { readManifests } from "../manifests/index.ts";
import { isInside, listNames, lookUp, readText } from "../system/index.ts";
import type { HomeTree } from "./homes.ts";

const largestRead = 16 * 1024 * 1024;

/** The tree at `root` as files are. Links that lead out of it, and what is larger than 16 MB, are not read. */
export function homeTree(root: string): HomeTree {
  const real = lookUp(root)?.realPath ?? root;
  const read = (path: string): string | null => {
    const file = lookUp(`${root}/${path}`);
    if (file === null || !file.isFile || file.size > largestRead || !isInside(real, file.realPath))
      return null;
    try {
      return readText(file.realPath);
    } catch {
      return null;
    }
  };
  const known = new Map<string, boolean>();
  return {
    hasFile: (path) => lookUp(`${root}/${path}`)?.isFile === true,
    readText: read,
    declares(folder) {
      // A link must not make a home of what lies outside.
      const place = lookUp(`${root}/${folder}`);
      if (place === null || !isInside(real, place.realPath)) return false;
      const answer =
        known.get(folder) ?? declaresAt(`${root}/${folder}`, (name) => read(`${folder}/${name}`));
      known.set(folder, answer);
      return answer;
    },
  };
}

/** README files only speak of dependencies, and a Makefile or a Dockerfile may serve the folders above. */
function declaresAt(folder: string, read: (name: string) => string | null): boolean {
  return readManifests(listNames(folder), read).some(
    ({ format, requirements, isLock }) =>
      (requirements.length > 0 || isLock) && !/^(?:readme|makefile|dockerfile)$/iu.test(format),
  );
}
