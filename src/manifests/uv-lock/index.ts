import type { Manifest, Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { hashesMissing, lockVersionUnknown, versionsMissing } from "../locked/lock-findings.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { readTomlLock } from "../locked/read-toml-lock.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText } from "../toml/toml-values.ts";
import { conditionsByGroup } from "./conditions-by-group.ts";
import { sourceOf, urlOf } from "./source.ts";

/** uv.lock, and the lock of a script (SCRIPT.py.lock), read only; the project itself is left out. */
export const uvLock = defineManifestFormat({
  id: "uv.lock",
  matches: (path) => /(?:^uv|\.pyw?)\.lock$/u.test(baseName(path)),
  read(path, text) {
    const lock = readTomlLock(path, text, /^\[\[distribution\]\]/mu.test(text) ? "distribution" : "package");
    const { value, packages, lines, lineOf, findings } = lock;
    const broken = findings.length > 0;
    const conditions = conditionsByGroup(value, packages);
    const requirements = packages.flatMap((entry, index) =>
      isProject(entry)
        ? []
        : (conditions.get(index) ?? [{ group: "", marker: null }]).map((where) =>
            readPackage(path, lines[index] ?? null, entry, where),
          ),
    );
    const specifier = cleanSpecifier(asText(value["requires-python"]) ?? "");
    const version = asScalarText(value["version"]);
    return makeManifest("uv.lock", path, {
      requirements,
      indexes: indexesOf(path, packages, lines),
      python:
        specifier === null || specifier === ""
          ? null
          : { specifier, location: { file: path, line: lineOf("requires-python") } },
      isLock: true,
      findings: [
        ...findings,
        ...(broken || version === "1" ? [] : [lockVersionUnknown(path, lineOf("version"), version, "1")]),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
});

function isProject(entry: TomlTable): boolean {
  const { kind, value } = sourceOf(entry);
  return (kind === "virtual" || kind === "editable") && value === ".";
}

function readPackage(
  path: string,
  line: number | null,
  entry: TomlTable,
  where: { readonly group: string; readonly marker: string | null },
): Requirement {
  const source = sourceOf(entry);
  const files = [...asArray(entry["wheels"]).map(asTable), asTable(entry["sdist"])];
  return lockedRequirement(path, line, {
    name: asText(entry["name"]) ?? "",
    version: asText(entry["version"]),
    url: urlOf(source),
    hashes: files.map((file) => asText(file["hash"]) ?? "").filter((hash) => hash !== ""),
    editable: source.kind === "editable",
    ...where,
  });
}

/** The registries that packages come from, in the order of the lock; a local one is a folder of links. */
function indexesOf(
  path: string,
  packages: readonly TomlTable[],
  lines: readonly number[],
): Manifest["indexes"] {
  const found = new Map<string, Manifest["indexes"][number]>();
  for (const [index, entry] of packages.entries()) {
    const { kind, value } = sourceOf(entry);
    if (kind !== "registry" || found.has(value)) continue;
    const remote = /^https?:/u.test(value);
    const isFirst = ![...found.values()].some((known) => known.kind === "index");
    const place = { file: path, line: lines[index] ?? null };
    found.set(value, {
      kind: remote ? (isFirst ? "index" : "extra-index") : "find-links",
      url: value,
      location: place,
    });
  }
  return [...found.values()];
}
