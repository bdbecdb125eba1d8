import type { Manifest } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import type { Condition } from "../locked/group-conditions.ts";
import { hashesMissing, lockVersionUnknown, versionsMissing } from "../locked/lock-findings.ts";
import { hashesOf, lockedPackages, type LockedFile, type LockedPackage } from "../locked/locked-package.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { readTomlLock, requiredPython, type TomlLock } from "../locked/read-toml-lock.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText } from "../toml/toml-values.ts";
import { conditionsByGroup, workspaceMembers } from "./conditions-by-group.ts";
import { kindOf, sourceOf, urlOf } from "./source.ts";

/** uv.lock, and the lock of a script (SCRIPT.py.lock), read only; the project itself is left out. */
export const uvLock = defineManifestFormat({
  id: "uv.lock",
  matches: (path) => /(?:^uv|\.pyw?)\.lock$/u.test(baseName(path)),
  read(path, text) {
    const lock = readLock(path, text);
    const { value, packages, lines, lineOf, findings } = lock;
    const conditions = conditionsByGroup(value, packages, workspaceMembers(value, packages));
    const requirements = packages.flatMap((entry, index) =>
      isProject(entry)
        ? []
        : (conditions.get(index) ?? anywhere).map(
            (where) => readPackage(path, lines[index] ?? null, entry, where).requirement,
          ),
    );
    const version = asScalarText(value["version"]);
    return makeManifest("uv.lock", path, {
      requirements,
      indexes: indexesOf(path, packages, lines),
      python: requiredPython(path, lock),
      isLock: true,
      findings: [
        ...findings,
        ...(findings.length > 0 || version === "1"
          ? []
          : [lockVersionUnknown(path, lineOf("version"), version, "1")]),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
  readPackages(path, text) {
    const lock = readLock(path, text);
    const { value, packages, lines, findings } = lock;
    const members = workspaceMembers(value, packages);
    const atRoot = members.filter((entry) => sourceOf(entry).value === ".");
    const own = atRoot.length > 0 ? atRoot : members;
    const conditions = conditionsByGroup(value, packages, own);
    const locked = packages.flatMap((entry, index) =>
      own.includes(entry)
        ? []
        : (conditions.get(index) ?? []).map((where) => readPackage(path, lines[index] ?? null, entry, where)),
    );
    return lockedPackages(locked, { python: requiredPython(path, lock), findings });
  },
});

const anywhere: readonly Condition[] = [{ group: "", marker: null }];

/** The first locks of uv called packages distributions. */
function readLock(path: string, text: string): TomlLock {
  return readTomlLock(path, text, /^\[\[distribution\]\]/mu.test(text) ? "distribution" : "package");
}

function isProject(entry: TomlTable): boolean {
  const { kind, value } = sourceOf(entry);
  return (kind === "virtual" || kind === "editable") && value === ".";
}

function readPackage(path: string, line: number | null, entry: TomlTable, where: Condition): LockedPackage {
  const source = sourceOf(entry);
  const direct = source.kind === "url" || source.kind === "path" ? source.value : "";
  const files = [
    ...asArray(entry["wheels"]).map((wheel) => readFile(asTable(wheel), "wheel", direct)),
    ...(entry["sdist"] === undefined ? [] : [readFile(asTable(entry["sdist"]), "sdist", direct)]),
  ];
  return {
    requirement: lockedRequirement(path, line, {
      name: asText(entry["name"]) ?? "",
      version: asText(entry["version"]),
      url: urlOf(source),
      hashes: hashesOf(files),
      editable: source.kind === "editable",
      ...where,
    }),
    source: kindOf(source),
    files: files.length === 0 && direct !== "" ? [{ name: "", url: direct, hashes: [] }] : files,
    index: null,
  };
}

function readFile(file: TomlTable, kind: "wheel" | "sdist", direct: string): LockedFile {
  const hash = asText(file["hash"]) ?? "";
  return {
    kind,
    name: asText(file["filename"]) ?? "",
    url: asText(file["url"]) ?? asText(file["path"]) ?? direct,
    hashes: hash === "" ? [] : [hash],
    ...(typeof file["size"] === "number" ? { size: file["size"] } : {}),
  };
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
