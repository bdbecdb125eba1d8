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

/** Where the package comes from, if not from an index: a repository, an archive or a folder. */
export function urlOf(entry: TomlTable): string | null {
  for (const kind of ["git", "hg", "svn", "bzr"]) {
    const address = asText(entry[kind]);
    if (address !== null) return vcsUrl(kind, address, asText(entry["ref"]), asText(entry["subdirectory"]));
  }
  return asText(entry["file"]) ?? asText(entry["path"]) ?? asText(entry["uri"]);
}
