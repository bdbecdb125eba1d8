import type { LockedPackage } from "../locked/locked-package.ts";
import { vcsUrl } from "../locked/locked-requirement.ts";
import { markerVariables } from "../requirement/marker.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asText } from "../toml/toml-values.ts";

/** The marker of a package in a Pipfile or its lock: `markers`, and a key for each variable ("python_version": "< '3'"). */
export function markerOf(entry: TomlTable): string | null {
  const clauses = markerVariables.flatMap((name) => {
    const said = asText(entry[name]);
    return said === null ? [] : [`${name} ${said}`];
  });
  const stated = asText(entry["markers"]);
  const isStated = stated !== null && stated !== "";
  const all = isStated ? [clauses.length === 0 ? stated : `(${stated})`, ...clauses] : clauses;
  return all.length === 0 ? null : all.join(" and ");
}

/** Where the package comes from, and its address if that is no index: a repository, an archive or a folder. */
export function sourceOf(entry: TomlTable): {
  readonly kind: LockedPackage["source"];
  readonly url: string | null;
} {
  for (const kind of ["git", "hg", "svn", "bzr"]) {
    const address = asText(entry[kind]);
    if (address === null) continue;
    return { kind: "vcs", url: vcsUrl(kind, address, asText(entry["ref"]), asText(entry["subdirectory"])) };
  }
  const [file, folder] = [asText(entry["file"]) ?? asText(entry["uri"]), asText(entry["path"])];
  if (file !== null) return { kind: "archive", url: file };
  return folder === null ? { kind: "index", url: null } : { kind: "directory", url: folder };
}
