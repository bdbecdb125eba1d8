import type { Finding, Manifest, Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, folderOf, makeManifest } from "../manifest-format.ts";
import {
  hashesMissing,
  lockBroken,
  lockOutOfDate,
  lockVersionUnknown,
  versionsMissing,
} from "../locked/lock-findings.ts";
import { hashesOf, lockedPackages, type LockedPackage } from "../locked/locked-package.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { keyLine } from "../locked/package-lines.ts";
import { normaliseName } from "../requirement/names.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { markerOf, sourceOf } from "../pipfile/package-entry.ts";
import { memberLines } from "./member-lines.ts";
import { pipfileHashes } from "./pipfile-hash.ts";

/** Pipfile.lock of Pipenv: packages below `default`, `develop` (the group "dev") and categories of the project's own. */
export const pipfileLock = defineManifestFormat({
  id: "Pipfile.lock",
  matches: (path) => baseName(path) === "Pipfile.lock",
  read(path, text, context) {
    const { value, findings } = readJson(path, text);
    const broken = findings.length > 0;
    const meta = asTable(value["_meta"]);
    const lineOf = broken ? () => null : memberLines(text);
    const requirements = packagesOf(path, value, lineOf).map(({ requirement }) => requirement);
    const version = asScalarText(meta["pipfile-spec"]);
    const pipfile = `${folderOf(path)}Pipfile`;
    return makeManifest("Pipfile.lock", path, {
      requirements,
      indexes: indexesOf(meta, { file: path, line: lineOf("_meta", "sources") }),
      python: pythonOf(meta, { file: path, line: lineOf("_meta", "requires") }),
      isLock: true,
      findings: [
        ...findings,
        ...(broken || /^[1-6]$/u.test(version)
          ? []
          : [lockVersionUnknown(path, keyLine(text, "pipfile-spec"), version, "1 to 6")]),
        ...outOfDate(path, lineOf("_meta", "hash"), meta, { path: pipfile, text: context.readFile(pipfile) }),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
  readPackages(path, text) {
    const { value, findings } = readJson(path, text);
    const meta = asTable(value["_meta"]);
    const lineOf = findings.length > 0 ? () => null : memberLines(text);
    return lockedPackages(packagesOf(path, value, lineOf), {
      findings,
      python: pythonOf(meta, { file: path, line: null }),
      indexes: indexesOf(meta, { file: path, line: null }).map(({ url }) => url),
    });
  },
});

function packagesOf(
  path: string,
  value: TomlTable,
  lineOf: (section: string, member: string) => number | null,
): readonly LockedPackage[] {
  const sources = asArray(tableAt(value, "_meta")["sources"]).map(asTable);
  const indexes = new Map(sources.map((source) => [asText(source["name"]), asText(source["url"])]));
  return Object.entries(value).flatMap(([category, packages]) =>
    category === "_meta"
      ? []
      : Object.entries(asTable(packages)).map(([name, entry]) =>
          readPackage(
            { file: path, line: lineOf(category, name) },
            groupOf(category),
            name,
            asTable(entry),
            indexes,
          ),
        ),
  );
}

function readJson(
  path: string,
  text: string,
): { readonly value: TomlTable; readonly findings: readonly Finding[] } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/u, ""));
    const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
    return isTable && Object.hasOwn(value, "default")
      ? { value: asTable(value), findings: [] }
      : { value: {}, findings: [lockBroken(path, 1, 'holds no object with "default"')] };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/u.exec(said)?.[1] ?? Number.NaN);
    const line = Number.isNaN(position) ? null : text.slice(0, position).split("\n").length;
    return { value: {}, findings: [lockBroken(path, line, `is not valid JSON: ${said.slice(0, 200)}`)] };
  }
}

function groupOf(category: string): string {
  return category === "default" ? "" : category === "develop" ? "dev" : normaliseName(category);
}

function readPackage(
  location: Requirement["location"],
  group: string,
  name: string,
  entry: TomlTable,
  indexes: ReadonlyMap<string | null, string | null>,
): LockedPackage {
  const version = /^={2,3}\s*([^\s,]+)$/u.exec((asText(entry["version"]) ?? "").trim())?.[1] ?? null;
  const { kind, url } = sourceOf(entry);
  const direct = kind === "archive" ? (url ?? "") : "";
  const files = [...asArray(entry["hashes"]), entry["hash"]].flatMap((hash) =>
    typeof hash === "string" && hash !== "" ? [{ name: "", url: direct, hashes: [hash] }] : [],
  );
  return {
    requirement: lockedRequirement(location.file, location.line, {
      name,
      version,
      url,
      editable: entry["editable"] === true,
      extras: asArray(entry["extras"]).map((extra) => normaliseName(asText(extra) ?? "")),
      hashes: hashesOf(files),
      marker: markerOf(entry),
      group,
    }),
    source: kind,
    files: files.length === 0 && direct !== "" ? [{ name: "", url: direct, hashes: [] }] : files,
    index: indexes.get(asText(entry["index"])) ?? null,
  };
}

function indexesOf(meta: TomlTable, location: Requirement["location"]): Manifest["indexes"] {
  return asArray(meta["sources"]).flatMap((source, index) => {
    const url = asText(asTable(source)["url"]);
    return url === null
      ? []
      : [{ kind: index === 0 ? ("index" as const) : ("extra-index" as const), url, location }];
  });
}

function pythonOf(meta: TomlTable, location: Requirement["location"]): Manifest["python"] {
  const requires = tableAt(meta, "requires");
  const full = asText(requires["python_full_version"]);
  const series = asText(requires["python_version"]);
  const said =
    full === null ? (/^\d+(?:\.\d+)?$/u.test(series ?? "") ? `==${series}.*` : `==${series}`) : `==${full}`;
  const specifier = full === null && series === null ? null : cleanSpecifier(said);
  return specifier === null || specifier === "" ? null : { specifier, location };
}

function outOfDate(
  path: string,
  line: number | null,
  meta: TomlTable,
  pipfile: { readonly path: string; readonly text: string | null },
): readonly Finding[] {
  const hash = asText(tableAt(meta, "hash")["sha256"]);
  const ours = pipfile.text === null ? null : pipfileHashes(pipfile.text);
  const [first] = ours?.hashes ?? [];
  if (hash === null || ours === null || first === undefined || ours.hashes.includes(hash)) return [];
  return [
    lockOutOfDate({ path, line, hash }, { path: pipfile.path, line: ours.line, hash: first }, "pipenv lock"),
  ];
}
