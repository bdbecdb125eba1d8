import type { TomlTable } from "./toml-document.ts";

/** The value as a table; empty where it is anything else. */
export function asTable(value: unknown): TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? (value as TomlTable)
    : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A text or a number as text; "" for anything else. A table has no text: String() of one throws. */
export function asScalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : "";
}

/** The table at a path of keys; empty where there is none. */
export function tableAt(value: TomlTable, ...keys: readonly string[]): TomlTable {
  return keys.reduce<TomlTable>(
    (table, key) => asTable(Object.hasOwn(table, key) ? table[key] : null),
    value,
  );
}
