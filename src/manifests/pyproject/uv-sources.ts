import type { Requirement } from "../../model/index.ts";
import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { gitUrl } from "./git-url.ts";
import { normaliseName } from "../requirement/names.ts";
import type { TomlDocument, TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/**
 * The requirements with what [tool.uv.sources] says of them: a repository, an archive, a folder or another member of the
 * workspace. A list of sources with markers makes one requirement each; a source that only names an index changes none.
 */
export function withUvSources(
  path: string,
  document: TomlDocument,
  requirements: readonly Requirement[],
  context: ReadContext,
): readonly Requirement[] {
  const said = tableAt(document.value, "tool", "uv", "sources");
  const sources = new Map(Object.entries(said).map(([name, source]) => [normaliseName(name), source]));
  if (sources.size === 0) return requirements;
  return requirements.flatMap((requirement) => {
    const source = sources.get(requirement.name);
    if (source === undefined || requirement.url !== null) return [requirement];
    const places = (Array.isArray(source) ? asArray(source) : [source]).map(asTable);
    const found = places.flatMap((table) => {
      const url = urlOf(path, document, requirement.name, table, context);
      if (url === null) return [];
      const marker = both(requirement.marker, asText(table["marker"]));
      return [{ ...requirement, url, marker, editable: table["editable"] === true }];
    });
    return found.length === 0 ? [requirement] : found;
  });
}

function both(one: string | null, other: string | null): string | null {
  return one === null || other === null ? (one ?? other) : `(${one}) and (${other})`;
}

function urlOf(
  path: string,
  document: TomlDocument,
  name: string,
  source: TomlTable,
  context: ReadContext,
): string | null {
  const git = gitUrl(source);
  if (git !== null) return git;
  if (source["workspace"] !== true) return asText(source["url"]) ?? asText(source["path"]);
  const members = asArray(tableAt(document.value, "tool", "uv", "workspace")["members"]).map(String);
  const folders = members.flatMap((member) =>
    [name, name.replaceAll("-", "_")].map((one) => member.replace("*", one)),
  );
  const found = folders.find((folder) => {
    const file = resolvePath(folderOf(path), `${folder}/pyproject.toml`);
    return file !== null && context.exists(file);
  });
  return found === undefined ? null : `./${found.replace(/^\.\//u, "")}`;
}
