import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { lockedRequirement, vcsUrl } from "../locked/locked-requirement.ts";
import type { Condition } from "../locked/group-conditions.ts";
import { byExtra } from "../locked/marker-extras.ts";
import { readTomlLock, type TomlLock } from "../locked/read-toml-lock.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** pylock.toml and pylock.NAME.toml (PEP 751). */
export const pylock = defineManifestFormat({
  id: "pylock.toml",
  matches: (path) => /^pylock\.(?:[^.]+\.)?toml$/u.test(baseName(path)),
  read(path, text) {
    const lock = readTomlLock(path, text, "packages");
    const { value, packages, lines, lineOf } = lock;
    const findings: Finding[] = [...lock.findings];
    if (findings.length === 0 && !(asText(value["lock-version"]) ?? "").startsWith("1.")) {
      findings.push(
        makeFinding("lock-invalid", "error", `${path} is not a lock of version 1`, {
          file: path,
          line: lineOf("lock-version"),
          why: "installers refuse a lock whose version they do not know (PEP 751)",
        }),
      );
    }
    const specifier = cleanSpecifier(asText(value["requires-python"]) ?? "");
    const usual = asArray(value["default-groups"]).map((group) => asText(group) ?? "");
    return makeManifest("pylock.toml", path, {
      requirements: packages.flatMap((entry, index) =>
        byExtra("", asText(entry["marker"]), usual).map((where) =>
          readPackage({ file: path, line: lines[index] ?? null }, entry, where),
        ),
      ),
      indexes: indexesOf(path, lock),
      python:
        specifier === null || specifier === ""
          ? null
          : { specifier, location: { file: path, line: lineOf("requires-python") } },
      isLock: true,
      findings,
    });
  },
});

/** One locked package. Whether its files are good enough for a level is for the room of locks to say. */
function readPackage(location: Requirement["location"], entry: TomlTable, where: Condition): Requirement {
  const files = [
    ...asArray(entry["wheels"]).map(asTable),
    ...["sdist", "archive"].map((key) => asTable(entry[key])),
  ];
  return lockedRequirement(location.file, location.line, {
    name: asText(entry["name"]) ?? "",
    version: asText(entry["version"]),
    url: urlOf(entry),
    editable: asTable(entry["directory"])["editable"] === true,
    hashes: files.flatMap(hashesOf),
    ...where,
  });
}

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

/** The hashes of one file as "sha256:...". */
function hashesOf(file: TomlTable): readonly string[] {
  return Object.entries(asTable(file["hashes"]))
    .filter(([, digest]) => typeof digest === "string" && digest !== "")
    .map(([algorithm, digest]) => `${algorithm}:${String(digest)}`);
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
