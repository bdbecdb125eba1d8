import type { Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { readToml, type TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** uv.lock, read only: names, versions and hashes; the project itself left out. */
export const uvLock = defineManifestFormat({
  id: "uv.lock",
  matches: (path) => baseName(path) === "uv.lock",
  read(path, text) {
    const document = readToml(path, text, "lock-invalid");
    const packages = asArray(document.value["package"]).map(asTable);
    const specifier = cleanSpecifier(asText(document.value["requires-python"]) ?? "");
    const location = {
      file: path,
      line: document.findings.length === 0 ? lineOfKey(text, "requires-python") : null,
    };
    return makeManifest("uv.lock", path, {
      requirements: packages.filter((entry) => !isProject(entry)).map((entry) => readPackage(path, entry)),
      python: specifier === null || specifier === "" ? null : { specifier, location },
      isLock: true,
      findings: document.findings,
    });
  },
});

/** The file can be large and is well-formed: finding one key needs no syntax tree. */
function lineOfKey(text: string, key: string): number | null {
  const line = text.split("\n").findIndex((candidate) => candidate.startsWith(`${key} =`));
  return line === -1 ? null : line + 1;
}

function isProject(entry: TomlTable): boolean {
  const source = asTable(entry["source"]);
  return ["virtual", "editable"].some((kind) => asText(source[kind]) === ".");
}

function readPackage(path: string, entry: TomlTable): Requirement {
  const version = asText(entry["version"]);
  const source = asTable(entry["source"]);
  const git = asText(source["git"]);
  const files = [...asArray(entry["wheels"]).map(asTable), asTable(entry["sdist"])];
  const name = normaliseName(asText(entry["name"]) ?? "");
  return {
    ...bareRequirement(version === null ? name : `${name}==${version}`, {
      location: { file: path, line: null },
    }),
    name,
    specifier: version === null ? "" : `==${version}`,
    url:
      git === null
        ? (asText(source["url"]) ?? asText(source["path"]) ?? asText(source["directory"]))
        : gitUrl(git),
    hashes: files.map((file) => asText(file["hash"])).filter((hash) => hash !== null),
  };
}

/** uv writes the commit as the fragment: https://host/repo?rev=v1#0123abc */
function gitUrl(git: string): string {
  const [address = "", commit] = git.split("#");
  return `git+${address.split("?")[0] ?? ""}${commit === undefined ? "" : `@${commit}`}`;
}
