import { createHash } from "node:crypto";
import { parse } from "smol-toml";
import { pythonJson } from "../locked/python-json.ts";
import { headerLine, keyLine } from "../locked/package-lines.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asTable, tableAt } from "../toml/toml-values.ts";

const legacyKeys = ["dependencies", "source", "extras", "dev-dependencies"] as const;
const headers = ["tool.poetry.dependencies", "project", "tool.poetry"] as const;
const projectKeys = ["requires-python", "dependencies", "optional-dependencies"] as const;

/**
 * What `content-hash` may be for this pyproject.toml (sha256, hex), the newest Poetry's first: 2.3 takes the dependency groups
 * in, 2.0 the project table, 1.2 the groups of its own, 1.0 none of them. Null where the text is not TOML.
 */
export function contentHashes(
  text: string,
): { readonly hashes: readonly string[]; readonly line: number | null } | null {
  let value: TomlTable;
  try {
    value = parse(text, { integersAsBigInt: true });
  } catch {
    return null;
  }
  const poetry = tableAt(value, "tool", "poetry");
  const project = pick(asTable(value["project"]), projectKeys);
  const groups = asTable(value["dependency-groups"]);
  const legacy = Object.fromEntries(legacyKeys.map((key) => [key, poetry[key] ?? null]));
  const withGroup = poetry["group"] === undefined ? legacy : { ...legacy, group: poetry["group"] };
  const contents = [
    relevant(poetry, project, groups, withGroup),
    relevant(poetry, project, {}, withGroup),
    withGroup,
    legacy,
  ];
  const hashes = contents.map((content) => createHash("sha256").update(pythonJson(content)).digest("hex"));
  return {
    hashes: [...new Set(hashes)],
    line: keyLine(text, "dependencies") ?? headerLine(text, ...headers),
  };
}

function relevant(poetry: TomlTable, project: TomlTable, groups: TomlTable, otherwise: TomlTable): TomlTable {
  const hasProject = Object.keys(project).length > 0;
  const hasGroups = Object.keys(groups).length > 0;
  if (!hasProject && !hasGroups) return otherwise;
  return {
    ...(hasProject ? { project } : {}),
    ...(hasGroups ? { "dependency-groups": groups } : {}),
    tool: { poetry: pick(poetry, [...legacyKeys, "group"]) },
  };
}

function pick(table: TomlTable, keys: readonly string[]): TomlTable {
  return Object.fromEntries(keys.filter((key) => table[key] !== undefined).map((key) => [key, table[key]]));
}
