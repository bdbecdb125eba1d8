import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/**
 * The hashes of a package: from its own `files`, or from `[metadata.files]` (1.0 and 1.1) or `[metadata.hashes]` (older), which
 * are by name. Where two versions share a name there, both get the hashes of both: the lock does not tell them apart.
 */
export function hashReader(metadata: TomlTable): (entry: TomlTable) => readonly string[] {
  const byName = asTable(metadata["files"] ?? metadata["hashes"]);
  return (entry) => {
    const name = asText(entry["name"]) ?? "";
    const own = entry["files"] ?? (Object.hasOwn(byName, name) ? byName[name] : []);
    const source = asTable(entry["source"]);
    const file =
      asText(source["type"]) === "file" ? (asText(source["url"])?.split("/").at(-1) ?? null) : null;
    return asArray(own).flatMap((item) => {
      const named = asText(asTable(item)["file"]);
      if (entry["files"] === undefined && file !== null && named !== null && named !== file) return [];
      const hash = asText(item) ?? asText(asTable(item)["hash"]);
      if (hash === null || hash === "") return [];
      return [hash.includes(":") ? hash : `sha256:${hash}`];
    });
  };
}
