import type { Manifest, Requirement } from "../../model/index.ts";
import { platformsMarker, splitCondaFile } from "../locked/conda-package.ts";
import { lockedRequirement, type LockedParts } from "../locked/locked-requirement.ts";
import { keyLine } from "../locked/package-lines.ts";
import { normaliseName } from "../requirement/names.ts";
import { isLocalPath } from "../requirement/names.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/** References in all environments together. Aliases could make billions of them out of a small file. */
const maxReferences = 100_000;

interface ReadEnvironments {
  readonly requirements: readonly Requirement[];
  readonly indexes: Manifest["indexes"];
  /** False where reading ended at the bound. */
  readonly whole: boolean;
}

type Kind = "conda" | "pypi";

/** Environments refer to packages by address; each package is listed once, below `packages`. */
export function readEnvironments(
  path: string,
  text: string,
  value: TomlTable,
  lines: readonly number[],
): ReadEnvironments {
  const described = describedPackages(asArray(value["packages"]).map(asTable));
  const requirements: Requirement[] = [];
  const subdirs = new Map(
    asArray(value["platforms"]).map((entry) => {
      const platform = asTable(entry);
      return [asText(platform["name"]) ?? "", asText(platform["subdir"]) ?? asText(platform["name"]) ?? ""];
    }),
  );
  let left = maxReferences;
  for (const [environment, entry] of Object.entries(asTable(value["environments"]))) {
    const platforms = Object.entries(tableAt(asTable(entry), "packages"));
    const all = platforms.map(([platform]) => subdirs.get(platform) ?? platform);
    const used = new Map<string, string[]>();
    for (const [platform, references] of platforms) {
      left -= asArray(references).length + 1;
      if (left < 0) return { requirements, indexes: indexesOf(path, text, value), whole: false };
      for (const reference of asArray(references)) {
        const key = referenceKey(asTable(reference));
        if (key === null) continue;
        const on = used.get(key) ?? [];
        if (on.length === 0) used.set(key, on);
        on.push(subdirs.get(platform) ?? platform);
      }
    }
    for (const [key, on] of used) {
      const found = described.get(key);
      const kind: Kind = key.startsWith("pypi ") ? "pypi" : "conda";
      const locked = describe(kind, key.slice(kind.length + 1), found?.entry ?? {});
      const line = found === undefined ? null : (lines[found.index] ?? null);
      const group = environment === "default" ? "" : normaliseName(environment);
      requirements.push(
        lockedRequirement(path, line, { ...locked, group, marker: platformsMarker(on, all) }),
      );
    }
  }
  return { requirements, indexes: indexesOf(path, text, value), whole: true };
}

/** Packages by what environments call them. The first of several with one address counts. */
function describedPackages(
  packages: readonly TomlTable[],
): Map<string, { readonly entry: TomlTable; readonly index: number }> {
  const described = new Map<string, { readonly entry: TomlTable; readonly index: number }>();
  for (const [index, entry] of packages.entries()) {
    const kind = asText(entry["kind"]);
    const address = asText(entry["url"]) ?? asText(entry["path"]);
    const key =
      kind !== null && address !== null
        ? `${kind === "pypi" ? "pypi" : "conda"} ${address}`
        : referenceKey(entry);
    if (key !== null && !described.has(key)) described.set(key, { entry, index });
  }
  return described;
}

/** "conda ADDRESS" or "pypi ADDRESS"; a package that is built from source counts as conda's. */
function referenceKey(reference: TomlTable): string | null {
  const conda = asText(reference["conda"]) ?? asText(reference["conda_source"]);
  if (conda !== null) return `conda ${conda}`;
  const pypi = asText(reference["pypi"]);
  return pypi === null ? null : `pypi ${pypi}`;
}

/** Where an entry does not state its name and version, its file's name does. */
function describe(kind: Kind, address: string, entry: TomlTable): LockedParts {
  const hashes = ["sha256", "md5"].flatMap((algorithm) => {
    const digest = asText(entry[algorithm]);
    return digest === null || digest === "" ? [] : [`${algorithm}:${digest}`];
  });
  const name = asText(entry["name"]);
  const version = asText(entry["version"]);
  if (kind === "pypi") {
    const file = /^([A-Za-z0-9_.]+)-([^-]+)(?:-[^/]+\.whl|\.tar\.gz|\.zip)$/u.exec(
      address.split(/[/#?]/u).at(-1) ?? "",
    );
    const editable = asText(entry["editable"]) === "true";
    return {
      name: name ?? file?.[1] ?? "",
      version: version ?? file?.[2] ?? null,
      url: address,
      hashes,
      editable: editable && isLocalPath(address),
    };
  }
  const file = splitCondaFile(address);
  // A source is written as "name[hash] @ place".
  const [source = "", place] = address.split(" @ ");
  const own =
    name ??
    file?.name ??
    source
      .replace(/\[.*\]$/u, "")
      .split("/")
      .at(-1) ??
    "";
  const release = version ?? file?.version ?? null;
  const build = asText(entry["build"]) ?? file?.build;
  return {
    ecosystem: "conda",
    name: own,
    version: release,
    raw: [own, release, build].filter(Boolean).join("="),
    url: place ?? address,
    hashes,
  };
}

/** Channels and indexes of all environments, each once. */
function indexesOf(path: string, text: string, value: TomlTable): Manifest["indexes"] {
  const found = new Map<string, Manifest["indexes"][number]>();
  for (const entry of Object.values(asTable(value["environments"])).slice(0, 1000).map(asTable)) {
    const add = (kind: Manifest["indexes"][number]["kind"], said: unknown, key: string): void => {
      const url = asText(said) ?? asText(asTable(said)["url"]) ?? asText(asTable(said)["path"]);
      if (url === null || found.has(`${kind} ${url}`) || found.size >= 1000) return;
      found.set(`${kind} ${url}`, { kind, url, location: { file: path, line: keyLine(text, key) } });
    };
    for (const channel of asArray(entry["channels"]).slice(0, 1000)) add("channel", channel, "channels");
    for (const [position, index] of asArray(entry["indexes"]).slice(0, 1000).entries()) {
      add(position === 0 ? "index" : "extra-index", index, "indexes");
    }
    for (const links of asArray(entry["find-links"]).slice(0, 1000)) add("find-links", links, "find-links");
  }
  return [...found.values()];
}
