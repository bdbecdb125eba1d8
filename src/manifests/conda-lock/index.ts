import type { Manifest, Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { platformsMarker, splitCondaFile } from "../locked/conda-package.ts";
import { hashesMissing, lockBroken, lockVersionUnknown, versionsMissing } from "../locked/lock-findings.ts";
import { readLockYaml } from "../locked/lock-yaml.ts";
import { lockedPython } from "../locked/locked-python.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { itemLines, keyLine } from "../locked/package-lines.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/** conda-lock.yml and NAME.conda-lock.yml: the unified locks of conda-lock, one entry for each package and platform. */
export const condaLock = defineManifestFormat({
  id: "conda-lock.yml",
  matches: (path) => /(?:^|[.-])conda-lock\.ya?ml$/u.test(baseName(path)),
  read(path, text) {
    const { value, findings } = readLockYaml(path, text);
    const lines = itemLines(text, "package");
    const requirements = readCondaLockPackages(path, value, lines);
    const version = asText(value["version"]) ?? "";
    const broken = findings.length > 0;
    return makeManifest("conda-lock.yml", path, {
      requirements,
      indexes: channelsOf(path, text, tableAt(value, "metadata")),
      python: lockedPython(requirements),
      isLock: true,
      findings: [
        ...findings,
        ...(broken || version === "1"
          ? []
          : [lockVersionUnknown(path, keyLine(text, "version"), version, "1")]),
        ...(broken || Array.isArray(value["package"])
          ? []
          : [lockBroken(path, null, "has no list of packages")]),
        ...hashesMissing(path, requirements),
        ...versionsMissing(path, requirements),
      ],
    });
  },
});

/** The entries of `package`: conda-lock's version 1, and pixi's versions up to 3, which are the same. */
export function readCondaLockPackages(
  path: string,
  value: TomlTable,
  lines: readonly number[],
): readonly Requirement[] {
  const packages = asArray(value["package"]).map(asTable);
  const declared = asArray(tableAt(value, "metadata")["platforms"]).map((platform) => asText(platform) ?? "");
  const used = packages.map((entry) => asText(entry["platform"]) ?? "");
  const all = [...new Set(declared.length > 0 ? declared : used)].filter((platform) => platform !== "");
  return packages.flatMap((entry, index) => readEntry(path, lines[index] ?? null, entry, all));
}

function readEntry(
  path: string,
  line: number | null,
  entry: TomlTable,
  platforms: readonly string[],
): readonly Requirement[] {
  const name = asText(entry["name"]);
  if (name === null || name === "") return [];
  const platform = asText(entry["platform"]);
  const url = asText(entry["url"]);
  const version = asText(entry["version"]);
  const build = asText(entry["build"]) ?? splitCondaFile(url ?? "")?.build;
  const isConda = (asText(entry["manager"]) ?? "conda") === "conda";
  const categories = asArray(entry["categories"]).map((category) => asText(category) ?? "main");
  const groups = categories.length > 0 ? categories : [asText(entry["category"]) ?? "main"];
  return (groups.includes("main") ? ["main"] : groups).map((group) =>
    lockedRequirement(path, line, {
      name,
      version,
      ecosystem: isConda ? "conda" : "pypi",
      ...(isConda && version !== null ? { raw: [name, version, build].filter(Boolean).join("=") } : {}),
      url,
      hashes: hashesOf(asTable(entry["hash"])),
      marker: platform === null ? null : platformsMarker([platform], platforms),
      group: group === "main" ? "" : normaliseName(group),
    }),
  );
}

/** The strongest first, as text that may also be the number that an unquoted digest of digits looks like. */
function hashesOf(hash: TomlTable): readonly string[] {
  return ["sha256", "md5"].flatMap((algorithm) => {
    const digest = asText(hash[algorithm]);
    return digest === null || digest === "" ? [] : [`${algorithm}:${digest}`];
  });
}

function channelsOf(path: string, text: string, metadata: TomlTable): Manifest["indexes"] {
  const location = { file: path, line: keyLine(text, "channels") };
  return asArray(metadata["channels"]).flatMap((channel) => {
    const url = asText(channel) ?? asText(asTable(channel)["url"]);
    return url === null ? [] : [{ kind: "channel" as const, url, location }];
  });
}
