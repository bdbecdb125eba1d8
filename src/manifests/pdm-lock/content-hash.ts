import { createHash } from "node:crypto";
import { parse } from "smol-toml";
import { pythonJson } from "../locked/python-json.ts";
import { keyLine } from "../locked/package-lines.ts";
import { normaliseName } from "../requirement/names.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, tableAt } from "../toml/toml-values.ts";

/**
 * What `content_hash` may be for this pyproject.toml, the newest PDM's first: it takes the dependency groups in, and the settings
 * of resolution, of which older ones took the overrides alone or none. Null where the text is not TOML, belongs to a
 * workspace of several projects, or the algorithm is none that PDM has used.
 */
export function contentHashes(
  text: string,
  algorithm: string,
): { readonly hashes: readonly string[]; readonly line: number | null } | null {
  if (!["sha256", "md5"].includes(algorithm)) return null;
  let value: TomlTable;
  try {
    value = parse(text, { integersAsBigInt: true });
  } catch {
    return null;
  }
  const settings = tableAt(value, "tool", "pdm");
  if (settings["workspace"] !== undefined) return null;
  const project = tableAt(value, "project");
  const old = asTable(settings["dev-dependencies"]);
  const common = {
    sources: settings["source"] ?? [],
    dependencies: project["dependencies"] ?? [],
    "dev-dependencies": old,
    "optional-dependencies": project["optional-dependencies"] ?? {},
    "requires-python": project["requires-python"] ?? "",
  };
  const resolution = settings["resolution"] ?? {};
  const contents = [
    { ...common, "dev-dependencies": allGroups(asTable(value["dependency-groups"]), old), resolution },
    { ...common, resolution },
    { ...common, overrides: asTable(resolution)["overrides"] ?? settings["overrides"] ?? {} },
    common,
  ];
  const hashes = contents.map((content) => createHash(algorithm).update(pythonJson(content)).digest("hex"));
  return { hashes: [...new Set(hashes)], line: keyLine(text, "dependencies") };
}

function allGroups(groups: TomlTable, settings: TomlTable): TomlTable {
  const all: Record<string, readonly unknown[]> = {};
  for (const [name, needs] of [...Object.entries(groups), ...Object.entries(settings)]) {
    const key = normaliseName(name);
    all[key] = [...(all[key] ?? []), ...asArray(needs)];
  }
  return all;
}
