import { vcsUrl } from "../locked/locked-requirement.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asText } from "../toml/toml-values.ts";

/** The Git reference of a dependency as Poetry and uv write it: rev, tag or branch, and a folder; null where it has none. */
export function gitUrl(table: TomlTable): string | null {
  const git = asText(table["git"]);
  if (git === null) return null;
  const reference = asText(table["rev"]) ?? asText(table["tag"]) ?? asText(table["branch"]);
  return vcsUrl("git", git, reference, asText(table["subdirectory"]));
}
