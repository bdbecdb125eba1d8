import type { Finding, Manifest, Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, folderOf, makeManifest } from "../manifest-format.ts";
import type { Condition } from "../locked/group-conditions.ts";
import {
  hashesMissing,
  lockOutOfDate,
  lockVersionUnknown,
  versionsMissing,
} from "../locked/lock-findings.ts";
import { lockedRequirement, vcsUrl } from "../locked/locked-requirement.ts";
import { readTomlLock, type TomlLock } from "../locked/read-toml-lock.ts";
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
    const pyproject = `${folderOf(path)}pyproject.toml`;
    const declared = context.readFile(pyproject);
    const conditions = conditionsOf(lock, pyproject, declared, context);
    const requirements = lock.packages.flatMap((entry, index) =>
      conditions(index).map((where) => readPackage(path, lock.lines[index] ?? null, entry, metadata, where)),
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
        ...outOfDate(path, lock, metadata, { path: pyproject, text: declared }),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
});

function readPackage(
  path: string,
  line: number | null,
  entry: TomlTable,
  metadata: TomlTable,
  where: Condition,
): Requirement {
  const name = asText(entry["name"]) ?? "";
  const version = asText(entry["version"]);
  const files = entry["files"] ?? tableAt(metadata, "files")[`${name} ${version ?? ""}`];
  const git = asText(entry["git"]);
  const folder = asText(entry["subdirectory"]);
  return lockedRequirement(path, line, {
    name,
    version,
    url:
      git === null
        ? (asText(entry["url"]) ?? asText(entry["path"]))
        : vcsUrl("git", git, asText(entry["revision"]), folder),
    editable: entry["editable"] === true,
    hashes: asArray(files)
      .map((file) => asText(asTable(file)["hash"]) ?? "")
      .filter((hash) => hash !== ""),
    ...where,
  });
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
