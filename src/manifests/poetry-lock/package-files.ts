import type { LockedFile } from "../locked/locked-package.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/**
 * The files of a package: its own `files`, or those of `[metadata.files]` (1.0 and 1.1) or the hashes of `[metadata.hashes]`
 * (older), which are by name. Where two versions share a name there, both get the files of both: the lock does not tell
 * them apart. A package from an address or path of its own has that one file at least.
 */
export function fileReader(metadata: TomlTable): (entry: TomlTable) => readonly LockedFile[] {
  const byName = asTable(metadata["files"] ?? metadata["hashes"]);
  return (entry) => {
    const name = asText(entry["name"]) ?? "";
    const own = entry["files"] ?? (Object.hasOwn(byName, name) ? byName[name] : []);
    const source = asTable(entry["source"]);
    const type = asText(source["type"]);
    const url = type === "file" || type === "url" ? (asText(source["url"]) ?? "") : "";
    const only = type === "file" ? (url.split("/").at(-1) ?? null) : null;
    const files = asArray(own).flatMap((item): readonly LockedFile[] => {
      const file = asText(asTable(item)["file"]) ?? "";
      if (entry["files"] === undefined && only !== null && file !== "" && file !== only) return [];
      const hash = asText(item) ?? asText(asTable(item)["hash"]) ?? "";
      return [{ name: file, url, hashes: hash === "" ? [] : [hash.includes(":") ? hash : `sha256:${hash}`] }];
    });
    return files.length === 0 && url !== "" ? [{ name: "", url, hashes: [] }] : files;
  };
}
