import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { hashesOf, lockedPackages, type LockedFile, type LockedPackage } from "../locked/locked-package.ts";
import { lockedRequirement, vcsUrl } from "../locked/locked-requirement.ts";
import type { Condition } from "../locked/group-conditions.ts";
import { byExtra } from "../locked/marker-extras.ts";
import { readTomlLock, requiredPython, type TomlLock } from "../locked/read-toml-lock.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** pylock.toml and pylock.NAME.toml (PEP 751). */
export const pylock = defineManifestFormat({
  id: "pylock.toml",
  matches: (path) => /^pylock\.(?:[^.]+\.)?toml$/u.test(baseName(path)),
  read(path, text) {
    const lock = readTomlLock(path, text, "packages");
    return makeManifest("pylock.toml", path, {
      requirements: packagesOf(path, lock).map(({ requirement }) => requirement),
      indexes: indexesOf(path, lock),
      python: requiredPython(path, lock),
      isLock: true,
      findings: faultsOf(path, lock),
    });
  },
  readPackages(path, text) {
    const lock = readTomlLock(path, text, "packages");
    const findings = faultsOf(path, lock);
    const packages = isKnown(lock) ? packagesOf(path, lock) : [];
    const environments = asArray(lock.value["environments"]).map((marker) => asText(marker) ?? "");
    return lockedPackages(packages, { python: requiredPython(path, lock), environments, findings });
  },
});

const isKnown = ({ value }: TomlLock): boolean => /^1\.\d+$/u.test(asText(value["lock-version"]) ?? "");

/** What makes installers refuse it: whether its files are good enough for a level is for the room of locks to say. */
function faultsOf(path: string, lock: TomlLock): readonly Finding[] {
  const { packages, lines, lineOf, findings } = lock;
  if (findings.length > 0) return findings;
  const refused = (message: string, line: number | null, why: string): Finding =>
    makeFinding("lock-invalid", "error", `${path} ${message}`, { file: path, line, why });
  if (!isKnown(lock)) {
    const why = "installers refuse a lock whose version they do not know (PEP 751)";
    return [refused("is not a lock of version 1", lineOf("lock-version") ?? 1, why)];
  }
  return packages.flatMap((entry, index) => {
    const name = asText(entry["name"]) ?? "";
    const { files, source } = readPackage({ file: path, line: null }, entry, { group: "", marker: null });
    if (name !== "" && (files.length > 0 || source !== "index")) return [];
    const said = name === "" ? "holds a package without a name" : `names no file or other source of ${name}`;
    return [refused(said, lines[index] ?? null, "installers refuse a lock that leaves this out (PEP 751)")];
  });
}

function packagesOf(path: string, { value, packages, lines }: TomlLock): readonly LockedPackage[] {
  const usual = asArray(value["default-groups"]).map((group) => asText(group) ?? "");
  return packages.flatMap((entry, index) =>
    byExtra("", asText(entry["marker"]), usual).map((where) =>
      readPackage({ file: path, line: lines[index] ?? null }, entry, where),
    ),
  );
}

function readPackage(location: Requirement["location"], entry: TomlTable, where: Condition): LockedPackage {
  const archive = asTable(entry["archive"]);
  const files = [
    ...asArray(entry["wheels"]).map((wheel) => readFile(asTable(wheel), "wheel")),
    ...(entry["sdist"] === undefined ? [] : [readFile(asTable(entry["sdist"]), "sdist")]),
    ...(entry["archive"] === undefined ? [] : [readFile(archive, isWheel(archive) ? "wheel" : "sdist")]),
  ];
  const source = ["vcs", "directory", "archive"] as const;
  return {
    requirement: lockedRequirement(location.file, location.line, {
      name: asText(entry["name"]) ?? "",
      version: asText(entry["version"]),
      url: urlOf(entry),
      editable: asTable(entry["directory"])["editable"] === true,
      hashes: hashesOf(files),
      ...where,
    }),
    source: source.find((key) => entry[key] !== undefined) ?? "index",
    files,
    index: asText(entry["index"]),
  };
}

function readFile(file: TomlTable, kind: "wheel" | "sdist"): LockedFile {
  const hashes = Object.entries(asTable(file["hashes"]))
    .filter(([, digest]) => typeof digest === "string" && digest !== "")
    .map(([algorithm, digest]) => `${algorithm}:${String(digest)}`);
  return {
    kind,
    name: asText(file["name"]) ?? "",
    url: asText(file["url"]) ?? asText(file["path"]) ?? "",
    hashes,
    ...(typeof file["size"] === "number" ? { size: file["size"] } : {}),
  };
}

const isWheel = (archive: TomlTable): boolean =>
  /\.whl(?:$|[?#])/u.test(asText(archive["url"]) ?? asText(archive["path"]) ?? "");

/** A direct reference to a repository, an archive or a folder; null for what has wheels or an sdist. */
function urlOf(entry: TomlTable): string | null {
  const vcs = asTable(entry["vcs"]);
  if (Object.keys(vcs).length > 0) {
    const address = asText(vcs["url"]) ?? asText(vcs["path"]) ?? "";
    return vcsUrl(
      asText(vcs["type"]) ?? "git",
      address,
      asText(vcs["commit-id"]),
      asText(vcs["subdirectory"]),
    );
  }
  const archive = asTable(entry["archive"]);
  return asText(archive["url"]) ?? asText(archive["path"]) ?? asText(asTable(entry["directory"])["path"]);
}

/** The indexes that packages say they are from, each at its first package. */
function indexesOf(path: string, { packages, lines }: TomlLock): Manifest["indexes"] {
  const found = new Map<string, Manifest["indexes"][number]>();
  for (const [position, entry] of packages.entries()) {
    const url = asText(entry["index"]);
    if (url === null || found.has(url)) continue;
    const kind = found.size === 0 ? "index" : "extra-index";
    found.set(url, { kind, url, location: { file: path, line: lines[position] ?? null } });
  }
  return [...found.values()];
}
