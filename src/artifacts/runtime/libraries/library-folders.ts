import path from "node:path";
import { isDirectory, joinPath, listNames, lookUp, readText } from "../../../system/index.ts";

const deepestInclude = 8;

/**
 * The folders in which the loader of a system looks for libraries: those of /etc/ld.so.conf and what it includes, in its
 * order, then the usual ones (ld.so(8), ldconfig(8)). `root` is where that system lies; "" for this machine.
 */
export function libraryFolders(root: string, machine: number): readonly string[] {
  const triple = machine === 183 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const usual = [`/lib/${triple}`, `/usr/lib/${triple}`, "/lib64", "/usr/lib64", "/lib", "/usr/lib"];
  const named = [...configured(root, "/etc/ld.so.conf", 0), ...usual].map((folder) => joinPath(root, folder));
  return [...new Set(named)].filter(isDirectory);
}

function configured(root: string, file: string, depth: number): readonly string[] {
  if (depth > deepestInclude || lookUp(joinPath(root, file))?.isFile !== true) return [];
  return readText(joinPath(root, file))
    .split("\n")
    .map((line) => line.replace(/#.*$/u, "").trim())
    .flatMap((line) => {
      const included = /^include\s+(.+)$/u.exec(line)?.[1];
      if (included === undefined) return line.startsWith("/") ? line.split(/[\s,:]+/u) : [];
      return included
        .split(/\s+/u)
        .flatMap((pattern) => matching(root, path.posix.resolve(path.posix.dirname(file), pattern)))
        .flatMap((inner) => configured(root, inner, depth + 1));
    })
    .filter((folder) => folder.startsWith("/"));
}

/** The files that a pattern with "*" in its last part names, in the order of their names. */
function matching(root: string, pattern: string): readonly string[] {
  const folder = path.posix.dirname(pattern);
  const parts = path.posix.basename(pattern).split("*");
  return listNames(joinPath(root, folder))
    .filter((name) => (parts.length === 1 ? name === parts[0] : fits(name, parts)))
    .map((name) => joinPath(folder, name));
}

function fits(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
