import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import { readToml } from "../toml/toml-document.ts";
import { readYaml } from "../yaml/yaml-document.ts";
import type { DvcValues } from "./interpolate.ts";

/** What `vars` of a file or stage add: files (`params.yaml:a,b` takes some keys of one) and tables. */
export function readVars(path: string, vars: unknown, context: ReadContext): DvcValues {
  return asArray(vars).reduce<DvcValues>((values, entry) => {
    const named = asText(entry);
    return mergeTables(values, named === null ? asTable(entry) : readParams(path, named, context));
  }, {});
}

/** A file of parameters: YAML, JSON (which is YAML) or TOML, beside the file that names it. */
export function readParams(path: string, named: string, context: ReadContext): DvcValues {
  const [, name = named, keys] = /^(.+?\.\w+):(.+)$/u.exec(named) ?? [];
  const file = resolvePath(folderOf(path), name);
  const text = file === null || file.endsWith(".py") ? null : context.readFile(file);
  if (file === null || text === null) return {};
  const values = file.endsWith(".toml")
    ? texts(readToml(file, text, "params-invalid").value)
    : readYaml(file, text, "params-invalid").value;
  if (keys === undefined) return values;
  const wanted = new Set(keys.split(",").map((key) => key.trim()));
  return Object.fromEntries(Object.entries(values).filter(([key]) => wanted.has(key)));
}

/** TOML's values as text, as YAML's are. */
function texts(value: DvcValues): DvcValues {
  const textOf = (said: unknown): unknown => {
    if (Array.isArray(said)) return said.map(textOf);
    const table = asTable(said);
    return typeof said === "object" && said !== null && !(said instanceof Date) ? texts(table) : String(said);
  };
  return Object.fromEntries(Object.entries(value).map(([key, said]) => [key, textOf(said)]));
}

/** Two tables as one, tables in them merged too; the second's values count. */
export function mergeTables(first: DvcValues, second: DvcValues, depth = 0): DvcValues {
  const merged = new Map(Object.entries(first));
  for (const [key, value] of Object.entries(second)) {
    const before = merged.get(key);
    const both = isTable(before) && isTable(value) && depth < 20;
    merged.set(key, both ? mergeTables(before, value, depth + 1) : value);
  }
  return Object.fromEntries(merged);
}

function isTable(value: unknown): value is DvcValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
