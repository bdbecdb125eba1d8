import type { Manifest } from "../../model/index.ts";
import type { TomlDocument, TomlPath } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

type PackageIndex = Manifest["indexes"][number];

/** Where Poetry, PDM and uv are told to look for packages. An index that takes PyPI's place is of kind "index". */
export function readIndexes(path: string, document: TomlDocument): readonly PackageIndex[] {
  const at = (kind: PackageIndex["kind"], url: unknown, place: TomlPath): readonly PackageIndex[] =>
    typeof url === "string" ? [{ kind, url, location: { file: path, line: document.lineOf(place) } }] : [];
  const tables = (...keys: string[]): readonly (readonly [ReturnType<typeof asTable>, TomlPath])[] => {
    const last = keys.at(-1) ?? "";
    const list = asArray(tableAt(document.value, ...keys.slice(0, -1))[last]);
    return list.map((entry, position) => [asTable(entry), [...keys, position, "url"]]);
  };
  const poetry = tables("tool", "poetry", "source");
  const primary = poetry.find(([source]) => source["default"] === true || isPrimary(source["priority"]));
  return [
    ...poetry.flatMap((entry) => {
      const [source, place] = entry;
      return at(entry === primary ? "index" : "extra-index", source["url"], place);
    }),
    ...tables("tool", "pdm", "source").flatMap(([source, place]) => {
      if (asText(source["type"]) === "find_links") return at("find-links", source["url"], place);
      return at(asText(source["name"]) === "pypi" ? "index" : "extra-index", source["url"], place);
    }),
    ...tables("tool", "uv", "index").flatMap(([source, place]) => {
      const isFlat = asText(source["format"]) === "flat";
      const kind = source["default"] === true ? "index" : "extra-index";
      return at(isFlat ? "find-links" : kind, source["url"], place);
    }),
    ...[
      ["tool", "uv"],
      ["tool", "uv", "pip"],
    ].flatMap((keys) => {
      const table = tableAt(document.value, ...keys);
      const each = (kind: PackageIndex["kind"], key: string): readonly PackageIndex[] =>
        asArray(table[key]).flatMap((url, position) => at(kind, url, [...keys, key, position]));
      return [
        ...at("index", table["index-url"], [...keys, "index-url"]),
        ...each("extra-index", "extra-index-url"),
        ...each("find-links", "find-links"),
      ];
    }),
  ];
}

/** Poetry 2 leaves PyPI out as soon as one source is primary, which a source without a priority is. */
const isPrimary = (priority: unknown): boolean =>
  priority === undefined || priority === "default" || priority === "primary";
