import path from "node:path";
import { fileURLToPath } from "node:url";
import { sitePackagesOf } from "../../environments/index.ts";
import { normaliseName } from "../../manifests/index.ts";
import { exists, isDirectory, listNames, readText } from "../../system/index.ts";

/** Where an installed distribution came from, where that was no index. */
export type Origin =
  | {
      readonly kind: "vcs";
      readonly vcs: string;
      readonly url: string;
      readonly commit: string;
      readonly folder: string;
    }
  | { readonly kind: "archive"; readonly url: string; readonly hash: string | null }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string; readonly isEditable: boolean };

/**
 * The origins of the distributions in an environment that were not taken from an index, by normalised name: as
 * direct_url.json says (PEP 610), and the .egg-link of older editable installations.
 */
export function originsIn(prefix: string): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const folder of sitePackagesOf(prefix)) {
    for (const entry of listNames(folder)) {
      const [, name, link] = /^(.+?)(?:-[^-]+\.dist-info|\.(egg-link))$/u.exec(entry) ?? [];
      if (name === undefined) continue;
      const file =
        link === undefined ? path.join(folder, entry, "direct_url.json") : path.join(folder, entry);
      if (!exists(file)) continue;
      const origin = link === undefined ? readDirectUrl(readText(file)) : readEggLink(readText(file));
      if (origin !== null) origins.set(normaliseName(name), origin);
    }
  }
  return origins;
}

/** Reads direct_url.json; null where it is none. */
export function readDirectUrl(text: string): Origin | null {
  try {
    const said = JSON.parse(text) as Record<string, unknown> | null;
    const url = said?.["url"];
    if (typeof url !== "string") return null;
    const vcs = asRecord(said?.["vcs_info"]);
    const archive = asRecord(said?.["archive_info"]);
    const folder = asRecord(said?.["dir_info"]);
    if (typeof vcs?.["vcs"] === "string" && typeof vcs["commit_id"] === "string") {
      const below = said?.["subdirectory"];
      return {
        kind: "vcs",
        vcs: vcs["vcs"],
        url,
        commit: vcs["commit_id"],
        folder: typeof below === "string" ? below : "",
      };
    }
    const local = url.startsWith("file:") ? localPath(url) : null;
    if (folder !== null && local !== null)
      return { kind: "folder", path: local, isEditable: folder["editable"] === true };
    if (archive === null) return null;
    return local === null ? { kind: "archive", url, hash: hashOf(archive) } : { kind: "file", path: local };
  } catch {
    return null;
  }
}

function readEggLink(text: string): Origin | null {
  const place = text.split("\n")[0]?.trim() ?? "";
  return path.isAbsolute(place) && isDirectory(place)
    ? { kind: "folder", path: place, isEditable: true }
    : null;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

/** "sha256=…": as the newer `hashes` says, else as the older `hash` does. */
function hashOf(archive: Record<string, unknown>): string | null {
  const sha256 = asRecord(archive["hashes"])?.["sha256"];
  if (typeof sha256 === "string") return `sha256=${sha256}`;
  return typeof archive["hash"] === "string" ? archive["hash"] : null;
}

function localPath(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
