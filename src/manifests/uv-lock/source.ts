import type { LockedPackage } from "../locked/locked-package.ts";
import { vcsUrl } from "../locked/locked-requirement.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asTable, asText } from "../toml/toml-values.ts";

/** Where uv has a package from: "registry", "git", "url", "path", "directory", "editable", "virtual"; "" where unsaid. */
export interface UvSource {
  readonly kind: string;
  readonly value: string;
  readonly folder: string | null;
}

/** The first locks of uv wrote "registry+https://…", later ones a table. */
export function sourceOf(entry: TomlTable): UvSource {
  const said = asText(entry["source"]);
  if (said !== null) {
    const [kind = "", value = ""] = said.split(/\+(.*)/su);
    return { kind: kind === "direct" ? "url" : kind, value, folder: null };
  }
  const table = asTable(entry["source"]);
  const kind = Object.keys(table).find((key) => key !== "subdirectory") ?? "";
  return { kind, value: asText(table[kind]) ?? "", folder: asText(table["subdirectory"]) };
}

/** What a package with this source is. */
export function kindOf({ kind }: UvSource): LockedPackage["source"] {
  if (kind === "git") return "vcs";
  if (kind === "directory" || kind === "editable" || kind === "virtual") return "directory";
  return kind === "url" || kind === "path" ? "archive" : "index";
}

/** A direct reference; null for what comes from an index. */
export function urlOf({ kind, value, folder }: UvSource): string | null {
  if (kind === "git") return gitUrl(value);
  if (kind === "registry" || kind === "" || value === "") return null;
  return kind === "url" && folder !== null ? `${value}#subdirectory=${folder}` : value;
}

/** uv writes the commit as the fragment: https://host/repo?rev=v1&subdirectory=lib#0123abc */
function gitUrl(git: string): string {
  const [place = "", commit] = git.split("#");
  const [address = "", query = ""] = place.split("?");
  return vcsUrl("git", address, commit ?? null, new URLSearchParams(query).get("subdirectory"));
}
