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
import { lockedRequirement, vcsUrl } from "../locked/locked-requirement.ts";
import { readTomlLock, type TomlLock } from "../locked/read-toml-lock.ts";
import { pyproject } from "../pyproject/index.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { contentHashes } from "./content-hash.ts";
import { conditionsOf } from "./pdm-conditions.ts";

/** pdm.lock: version 4 with hashes beside each package, 3 and older with all of them below [metadata.files]. */
export const pdmLock = defineManifestFormat({
  id: "pdm.lock",
  matches: (path) => /^pdm(?:\.[^.]+)?\.lock$/u.test(baseName(path)),
  read(path, text, context) {
    const lock = readTomlLock(path, text);
    const metadata = asTable(lock.value["metadata"]);
    const version = asText(metadata["lock_version"]) ?? asText(lock.value["lock_version"]) ?? "";
    const manifest = `${folderOf(path)}pyproject.toml`;
    const declared = context.readFile(manifest);
    const needs = declared === null ? null : pyproject.read(manifest, declared, context).requirements;
    const conditions = conditionsOf(lock, needs);
    const requirements = packagesOf(path, lock, (index) => conditions(index) ?? anywhere).map(
      ({ requirement }) => requirement,
    );
    return makeManifest("pdm.lock", path, {
      requirements,
      python: pythonOf(path, lock, metadata),
      isLock: true,
      findings: [
        ...lock.findings,
        ...(lock.findings.length > 0 || /^[234](?:\.\d+)*$/u.test(version)
          ? []
          : [lockVersionUnknown(path, lock.lineOf("lock_version"), version, "2 to 4.5")]),
        ...outOfDate(path, lock, metadata, { path: manifest, text: declared }),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
  readPackages(path, text, declared) {
    const lock = readTomlLock(path, text);
    const conditions = conditionsOf(lock, declared);
    const packages = packagesOf(path, lock, (index) => conditions(index) ?? []);
    const python = pythonOf(path, lock, asTable(lock.value["metadata"]));
    return lockedPackages(packages, { python, findings: lock.findings });
  },
});

const anywhere: readonly Condition[] = [{ group: "", marker: null }];

function packagesOf(
  path: string,
  lock: TomlLock,
  conditionsAt: (index: number) => readonly Condition[],
): readonly LockedPackage[] {
  const metadata = tableAt(lock.value, "metadata");
  return lock.packages.flatMap((entry, index) =>
    conditionsAt(index).map((where) => readPackage(path, lock.lines[index] ?? null, entry, metadata, where)),
  );
}

function readPackage(
  path: string,
  line: number | null,
  entry: TomlTable,
  metadata: TomlTable,
  where: Condition,
): LockedPackage {
  const name = asText(entry["name"]) ?? "";
  const version = asText(entry["version"]);
  const git = asText(entry["git"]);
  const folder = asText(entry["path"]);
  const url = asText(entry["url"]);
  const stated = entry["files"] ?? tableAt(metadata, "files")[`${name} ${version ?? ""}`];
  const files = asArray(stated).map((file) => readFile(asTable(file), url ?? ""));
  return {
    requirement: lockedRequirement(path, line, {
      name,
      version,
      url:
        git === null
          ? (url ?? folder)
          : vcsUrl("git", git, asText(entry["revision"]), asText(entry["subdirectory"])),
      editable: entry["editable"] === true,
      hashes: hashesOf(files),
      ...where,
    }),
    source: git !== null ? "vcs" : folder !== null ? "directory" : url !== null ? "archive" : "index",
    files: files.length === 0 && url !== null ? [{ name: "", url, hashes: [] }] : files,
    index: null,
  };
}

/** With the strategy static_urls the URL is given in place of the file's name. */
function readFile(file: TomlTable, url: string): LockedFile {
  const hash = asText(file["hash"]) ?? "";
  return {
    name: asText(file["file"]) ?? "",
    url: asText(file["url"]) ?? url,
    hashes: hash === "" ? [] : [hash],
  };
}

/** Old locks state one range, new ones a target for each platform; several ranges say nothing that holds for all. */
function pythonOf(path: string, lock: TomlLock, metadata: TomlTable): Manifest["python"] {
  const targets = asArray(metadata["targets"]).map(
    (target) => asText(asTable(target)["requires_python"]) ?? "",
  );
  const distinct = [...new Set(targets)];
  const said = asText(metadata["requires_python"]) ?? (distinct.length === 1 ? distinct[0] : undefined);
  const specifier = said === undefined ? null : cleanSpecifier(said);
  if (specifier === null || specifier === "") return null;
  return { specifier, location: { file: path, line: lock.lineOf("requires_python") } };
}

function outOfDate(
  path: string,
  lock: TomlLock,
  metadata: TomlTable,
  manifest: { readonly path: string; readonly text: string | null },
): readonly Finding[] {
  const [algorithm = "", hash = ""] = (asText(metadata["content_hash"]) ?? "").split(":");
  if (hash === "" || manifest.text === null || metadata["lock_inputs"] !== undefined) return [];
  const ours = contentHashes(manifest.text, algorithm);
  const [first] = ours?.hashes ?? [];
  if (ours === null || first === undefined || ours.hashes.includes(hash)) return [];
  const line = lock.lineOf("content_hash");
  return [
    lockOutOfDate({ path, line, hash }, { path: manifest.path, line: ours.line, hash: first }, "pdm lock"),
  ];
}
