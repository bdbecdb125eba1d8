import { exists, isDirectory, isInside, joinPath, listNames, realPath } from "../system/index.ts";
import { followLinks } from "./links.ts";

/** What was put on this machine beside its system: no project declares it, and others do not have it. */
const installedByHand = ["/usr/local/bin", "/usr/local/sbin", "/usr/local/share"];

/**
 * Folders that a room does not show although they lie in what it shows: what is installed by hand into /usr/local, and
 * the packages of each Python that is not the environment itself (`prefix`), which its full path would reach. What the
 * paths that must be visible lead through stays.
 */
export function hiddenFolders(visible: readonly string[], prefix: string): string[] {
  const ends = visible.flatMap((path) => {
    const { links, end } = followLinks(path);
    return [...links.map((link) => link.path), end];
  });
  const pythons = [
    ...new Set(["/usr", "/usr/local", ...visible.map((path) => realPath(path) ?? path)]),
  ].filter((folder) => isDirectory(folder) && !exists(joinPath(folder, "pyvenv.cfg")));
  const isPrefix = (folder: string): boolean => (realPath(prefix) ?? prefix) === folder;
  const packages = pythons.filter((folder) => !isPrefix(folder)).flatMap(packageFolders);
  const local = [...installedByHand, ...(isPrefix("/usr") ? [] : pythonsIn("/usr/local"))];
  const isNeeded = (folder: string): boolean =>
    ends.some((end) => isInside(folder, end) || (isInside("/usr/local", end) && isInside(end, folder)));
  const hidden = [...local.filter((folder) => !isNeeded(folder)), ...packages].filter(isDirectory);
  const apart = hidden.filter(
    (folder) => !hidden.some((other) => other !== folder && isInside(other, folder)),
  );
  return [...new Set(apart)];
}

/** Where an installation keeps its Pythons: lib/python3.11 and, for the packages of Debian's, lib/python3. */
function pythonsIn(folder: string): string[] {
  return ["lib", "lib64"].flatMap((lib) => {
    const names = isDirectory(joinPath(folder, lib)) ? listNames(joinPath(folder, lib)) : [];
    return names
      .filter((name) => /^(?:python|pypy)\d/u.test(name))
      .map((name) => joinPath(folder, lib, name));
  });
}

function packageFolders(folder: string): string[] {
  return pythonsIn(folder).flatMap((python) =>
    ["site-packages", "dist-packages"].map((name) => joinPath(python, name)),
  );
}
