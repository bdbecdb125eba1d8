import type { Finding, Manifest } from "../../model/index.ts";
import { baseName, defineManifestFormat, folderOf, makeManifest } from "../manifest-format.ts";
import type { Condition } from "../locked/group-conditions.ts";
import {
  hashesMissing,
  lockOutOfDate,
  lockVersionUnknown,
  versionsMissing,
} from "../locked/lock-findings.ts";
import { hashesOf, lockedPackages, type LockedFile, type LockedPackage } from "../locked/locked-package.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { readTomlLock, type TomlLock } from "../locked/read-toml-lock.ts";
import { pyproject } from "../pyproject/index.ts";
import { poetrySpecifier } from "../pyproject/poetry-constraint.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asTable, asText, tableAt } from "../toml/toml-values.ts";
import { contentHashes } from "./content-hash.ts";
import { fileReader } from "./package-files.ts";
import { conditionsOf, unreached } from "./poetry-conditions.ts";
import { sourceKind, sourceUrl } from "./source-url.ts";

/** poetry.lock of every version that Poetry has written: 1.0, 1.1 (hashes apart), 2.0 (no groups), 2.1 (groups, markers). */
export const poetryLock = defineManifestFormat({
  id: "poetry.lock",
  matches: (path) => baseName(path) === "poetry.lock",
  read(path, text, context) {
    const lock = readTomlLock(path, text);
    const metadata = asTable(lock.value["metadata"]);
    const version = asText(metadata["lock-version"]) ?? "";
    const manifest = `${folderOf(path)}pyproject.toml`;
    const declared = context.readFile(manifest);
    const needs = declared === null ? null : pyproject.read(manifest, declared, context).requirements;
    const conditions = conditionsOf(lock, needs);
    const requirements = packagesOf(path, lock, (index) => conditions(index) ?? [unreached(lock, index)]).map(
      ({ requirement }) => requirement,
    );
    // Locks before 1.0 name no version; they have the form of 1.0.
    const isKnown =
      /^[12](?:\.\d+)*$/u.test(version) || (version === "" && metadata["content-hash"] !== undefined);
    return makeManifest("poetry.lock", path, {
      requirements,
      indexes: indexesOf(path, lock),
      python: pythonOf(path, lock),
      isLock: true,
      findings: [
        ...lock.findings,
        ...(lock.findings.length > 0 || isKnown
          ? []
          : [lockVersionUnknown(path, lock.lineOf("lock-version"), version, "1.0 to 2.1")]),
        ...outOfDate(path, lock, manifest, declared),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
  readPackages(path, text, declared) {
    const lock = readTomlLock(path, text);
    const conditions = conditionsOf(lock, declared);
    const packages = packagesOf(path, lock, (index) => conditions(index) ?? []);
    return lockedPackages(packages, { python: pythonOf(path, lock), findings: lock.findings });
  },
});

function packagesOf(
  path: string,
  lock: TomlLock,
  conditionsAt: (index: number) => readonly Condition[],
): readonly LockedPackage[] {
  const filesOf = fileReader(tableAt(lock.value, "metadata"));
  return lock.packages.flatMap((entry, index) => {
    const files = filesOf(entry);
    return conditionsAt(index).map((where) =>
      readPackage(path, lock.lines[index] ?? null, entry, where, files),
    );
  });
}

function readPackage(
  path: string,
  line: number | null,
  entry: TomlTable,
  where: Condition,
  files: readonly LockedFile[],
): LockedPackage {
  const source = asTable(entry["source"]);
  return {
    requirement: lockedRequirement(path, line, {
      name: asText(entry["name"]) ?? "",
      version: asText(entry["version"]),
      url: sourceUrl(source),
      editable: entry["develop"] === true,
      hashes: hashesOf(files),
      ...where,
    }),
    source: sourceKind(source),
    files,
    index: asText(source["type"]) === "legacy" ? asText(source["url"]) : null,
  };
}

function pythonOf(path: string, lock: TomlLock): Manifest["python"] {
  const specifier = poetrySpecifier(asText(tableAt(lock.value, "metadata")["python-versions"]) ?? "");
  // The packages before [metadata] have keys of that name too: the line is that of the table.
  const line = lock.lineOf("lock-version") ?? lock.lineOf("content-hash");
  return specifier === null || specifier === "" ? null : { specifier, location: { file: path, line } };
}

function indexesOf(path: string, { packages, lines }: TomlLock): Manifest["indexes"] {
  const found = new Map<string, Manifest["indexes"][number]>();
  for (const [index, entry] of packages.entries()) {
    const source = asTable(entry["source"]);
    const url = asText(source["url"]);
    if (asText(source["type"]) !== "legacy" || url === null || found.has(url)) continue;
    found.set(url, { kind: "extra-index", url, location: { file: path, line: lines[index] ?? null } });
  }
  return [...found.values()];
}

function outOfDate(
  path: string,
  lock: TomlLock,
  manifest: string,
  declared: string | null,
): readonly Finding[] {
  const hash = asText(tableAt(lock.value, "metadata")["content-hash"]);
  if (hash === null || declared === null) return [];
  const ours = contentHashes(declared);
  const [first] = ours?.hashes ?? [];
  if (ours === null || first === undefined || ours.hashes.includes(hash)) return [];
  const line = lock.lineOf("content-hash");
  return [
    lockOutOfDate({ path, line, hash }, { path: manifest, line: ours.line, hash: first }, "poetry lock"),
  ];
}
