import path from "node:path";
import { parse, stringify } from "smol-toml";
import { normaliseName } from "../manifests/index.ts";
import { exists, readText } from "../system/index.ts";
import type { MendedMetadata } from "./old-metadata/mend.ts";

/** Of the owner's uv settings, those that say where packages come from and which may be chosen. */
const kept = [
  "index",
  "index-url",
  "extra-index-url",
  "index-strategy",
  "no-index",
  "prerelease",
  "resolution",
  "constraint-dependencies",
  "override-dependencies",
  "exclude-dependencies",
  "dependency-metadata",
  "no-binary-package",
  "no-build-package",
  "config-settings",
  "pip",
] as const;

/**
 * A pyproject.toml that gives uv the owner's settings (uv.toml, else [tool.uv]; none where `root` is null), the
 * environments to lock for, and metadata in the place of what uv refuses to read: those cannot be given on its command
 * line. Settings that cannot be read are left out.
 */
export function settingsFor(
  root: string | null,
  environments: readonly string[],
  mends: readonly MendedMetadata[] = [],
): string {
  const own = root === null ? {} : ownSettings(root);
  const settings: Record<string, unknown> = environments.length === 0 ? {} : { environments };
  for (const key of kept) if (own[key] !== undefined) settings[key] = own[key];
  const stated = own["dependency-metadata"];
  if (mends.length > 0) {
    const added = mends.map(({ name, version, requires, extras, requiresPython }) => ({
      name,
      version,
      "requires-dist": requires,
      ...(extras.length === 0 ? {} : { "provides-extra": extras }),
      ...(requiresPython === null ? {} : { "requires-python": requiresPython }),
    }));
    // What the owner states comes first: uv takes the first that fits.
    settings["dependency-metadata"] = [...(Array.isArray(stated) ? (stated as unknown[]) : []), ...added];
  }
  return stringify({ tool: { uv: settings } });
}

/** The packages whose dependencies or versions the owner set against what others require of them. */
export function overriddenNames(root: string): ReadonlySet<string> {
  const own = ownSettings(root);
  const lists = [own["override-dependencies"], own["exclude-dependencies"]].filter(Array.isArray).flat();
  const names = lists.map((text) => /^[A-Za-z0-9._-]+/u.exec(String(text))?.[0] ?? "");
  return new Set(names.map(normaliseName));
}

function ownSettings(root: string): Readonly<Record<string, unknown>> {
  const file = path.join(root, "uv.toml");
  const project = path.join(root, "pyproject.toml");
  try {
    if (exists(file)) return parse(readText(file));
    if (!exists(project)) return {};
    const tool = parse(readText(project))["tool"] as { uv?: Record<string, unknown> } | undefined;
    return tool?.uv ?? {};
  } catch {
    return {};
  }
}
