import type { TomlDocument } from "../toml/toml-document.ts";
import { asTable } from "../toml/toml-values.ts";

const notPackages = new Set(["source", "requires", "scripts", "pipenv"]);

/** The tables of packages: [packages], [dev-packages] (the group "dev"), and categories, each a group of its name. */
export function pipfileTables(
  document: TomlDocument,
): readonly { readonly table: string; readonly group: string }[] {
  return Object.keys(document.value)
    .filter((table) => !notPackages.has(table) && Object.keys(asTable(document.value[table])).length > 0)
    .map((table) => ({ table, group: table === "packages" ? "" : table === "dev-packages" ? "dev" : table }));
}
