import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { readToml, type TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** pylock.toml and pylock.NAME.toml (PEP 751). */
export const pylock = defineManifestFormat({
  id: "pylock.toml",
  matches: (path) => /^pylock\.(?:[^.]+\.)?toml$/u.test(baseName(path)),
  read(path, text) {
    const document = readToml(path, text, "lock-invalid");
    const findings: Finding[] = [...document.findings];
    const { value } = document;
    if (document.findings.length === 0 && !(asText(value["lock-version"]) ?? "").startsWith("1.")) {
      findings.push(
        makeFinding("lock-invalid", "error", `${path} is not a lock of version 1`, {
          file: path,
          line: document.lineOf(["lock-version"]),
          why: "installers refuse a lock whose version they do not know (PEP 751)",
        }),
      );
    }
    const specifier = cleanSpecifier(asText(value["requires-python"]) ?? "");
    return makeManifest("pylock.toml", path, {
      requirements: asArray(value["packages"]).map((entry) => readPackage(path, asTable(entry))),
      python:
        specifier === null || specifier === ""
          ? null
          : { specifier, location: { file: path, line: document.lineOf(["requires-python"]) } },
      isLock: true,
      findings,
    });
  },
});

/** One locked package. Whether its files are good enough for a level is for the room of locks to say. */
function readPackage(path: string, entry: TomlTable): Requirement {
  const name = normaliseName(asText(entry["name"]) ?? "");
  const version = asText(entry["version"]);
  const files = [
    ...asArray(entry["wheels"]).map(asTable),
    ...["sdist", "archive"].map((key) => asTable(entry[key])),
  ];
  const vcs = asTable(entry["vcs"]);
  const commit = asText(vcs["commit-id"]);
  const isVcs = Object.keys(vcs).length > 0;
  const url = isVcs
    ? `${asText(vcs["type"]) ?? "git"}+${asText(vcs["url"]) ?? asText(vcs["path"]) ?? ""}@${commit ?? ""}`
    : (asText(asTable(entry["archive"])["url"]) ?? asText(asTable(entry["directory"])["path"]));
  const raw = version === null ? name : `${name}==${version}`;
  return {
    ...bareRequirement(raw, { location: { file: path, line: null } }),
    name,
    specifier: version === null ? "" : `==${version}`,
    marker: asText(entry["marker"]),
    url,
    hashes: files.flatMap(hashesOf),
  };
}

/** The hashes of one file as "sha256:...". */
function hashesOf(file: TomlTable): readonly string[] {
  return Object.entries(asTable(file["hashes"]))
    .filter(([, digest]) => typeof digest === "string" && digest !== "")
    .map(([algorithm, digest]) => `${algorithm}:${String(digest)}`);
}
