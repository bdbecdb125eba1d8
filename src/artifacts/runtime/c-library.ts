import path from "node:path";
import { exists, joinPath, listTree, lookUp, readBytes } from "../../system/index.ts";
import type { Member } from "../tree/member.ts";
import type { Binary, LibrarySearch } from "./libraries/library-search.ts";

/** From 2.33 on the loader can be told under which name a program shall see itself. */
const leastMinor = 33;

/** Why the programs that start with this C library cannot be packed; null where they can. */
export function unservedLibrary(loader: string, library: Binary | undefined): string | null {
  if (/(?:^|\/)ld-musl-/u.test(loader)) return "it is linked with musl, and only the GNU C library is packed";
  const version = library === undefined ? null : versionOfLibrary(library);
  if (version === null) return "its C library is not the GNU C library, or says no version";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || minor >= leastMinor
    ? null
    : `the GNU C library here is ${version}, and its loader cannot name a program before 2.${leastMinor}`;
}

/** "2.36"; null for another C library than GNU's. */
export function versionOfLibrary({ path }: Binary): string | null {
  const bytes = readBytes(path);
  const at = bytes.indexOf("GNU C Library");
  if (at === -1) return null;
  return /release version (\d+\.\d+)/u.exec(bytes.toString("latin1", at, at + 200))?.[1] ?? null;
}

/**
 * Libraries that are opened by name and that no file says it needs: by the C library itself (threads that end, names of
 * hosts and users before 2.34), and the ones that every manylinux wheel may count on as part of the C library.
 */
const openedByName = [
  "libgcc_s.so.1",
  "libm.so.6",
  "libpthread.so.0",
  "libdl.so.2",
  "librt.so.1",
  "libutil.so.1",
  "libresolv.so.2",
  "libnss_files.so.2",
  "libnss_dns.so.2",
] as const;

/** Those of them that are here. */
export function librariesOpenedByName(search: LibrarySearch, program: Binary): ReadonlyMap<string, Binary> {
  return new Map(
    openedByName.flatMap((name) => {
      const found = search(name, program, []);
      return found === null ? [] : [[name, found]];
    }),
  );
}

/** The locale C.UTF-8, where it is kept as files. */
export function localeMembers(root: string): readonly Member[] {
  const folder = ["C.utf8", "C.UTF-8"]
    .map((name) => joinPath(root, "/usr/lib/locale", name))
    .find((candidate) => exists(joinPath(candidate, "LC_CTYPE")));
  return folder === undefined ? [] : filesBelow(folder, "lib/locale/C.utf8", () => false);
}

/** The time zones, without their second copies that count leap seconds or not, and without this machine's choice. */
export function zoneMembers(root: string): readonly Member[] {
  return filesBelow(joinPath(root, "/usr/share/zoneinfo"), "share/zoneinfo", (file) =>
    /^(?:posix|right)(?:\/|$)|^localtime$/u.test(file),
  );
}

function filesBelow(folder: string, to: string, isLeft: (file: string) => boolean): readonly Member[] {
  return listTree(folder, isLeft).entries.flatMap((entry): Member[] => {
    if (entry.kind === "directory" || entry.kind === "other" || isLeft(entry.path)) return [];
    const found = lookUp(path.join(folder, entry.path));
    if (found?.isFile !== true) return [];
    const content = { path: found.realPath };
    return [{ path: `${to}/${entry.path}`, kind: "file", mode: 0o644, content }];
  });
}
