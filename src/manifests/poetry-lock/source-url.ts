import type { LockedPackage } from "../locked/locked-package.ts";
import { vcsUrl } from "../locked/locked-requirement.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asText } from "../toml/toml-values.ts";

const vcsKinds = new Set(["git", "hg", "svn"]);

/** What `[package.source]` says that a package is. */
export function sourceKind(source: TomlTable): LockedPackage["source"] {
  const type = asText(source["type"]) ?? "";
  if (vcsKinds.has(type)) return "vcs";
  if (type === "directory") return "directory";
  return type === "url" || type === "file" ? "archive" : "index";
}

/** A direct reference out of `[package.source]`; null for what comes from an index. */
export function sourceUrl(source: TomlTable): string | null {
  const type = asText(source["type"]);
  const url = asText(source["url"]);
  if (type === null || url === null || type === "legacy" || type === "pypi") return null;
  const folder = asText(source["subdirectory"]);
  if (vcsKinds.has(type)) {
    const commit = asText(source["resolved_reference"]) ?? asText(source["reference"]);
    return vcsUrl(type, url, commit, folder);
  }
  return type === "url" && folder !== null ? `${url}#subdirectory=${folder}` : url;
}
