import { normaliseName, parseRequirement, poetrySpecifier } from "../../manifests/index.ts";
import type { Requirement } from "../../model/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import {
  asList,
  asTable,
  asTables,
  asText,
  defineLockFormat,
  lineFinder,
  parseLock,
  sha256Of,
  type Table,
} from "./lock-format.ts";
import { lockedFile, lockedSource } from "./locked-file.ts";
import { declaredEdges, wantedMarkers, type Edge, type GraphPackage } from "./wanted-markers.ts";

/**
 * poetry.lock, of Poetry 1.0 to 2.x: what is locked for the main group. From 2.0 on the lock says itself which group and
 * marker a package is for; before, both follow from the edges that lead to it from what the project declares.
 */
export const poetryLock = defineLockFormat({
  id: "poetry.lock",
  matches: (name) => name === "poetry.lock",
  read,
});

interface Locked extends GraphPackage {
  readonly entry: Table;
  readonly line: number;
}

function read(text: string, path: string, declared: readonly Requirement[]): LockContent {
  const parsed = parseLock(text, path);
  if (!("root" in parsed)) return parsed;
  const metadata = asTable(parsed.root["metadata"]) ?? {};
  const at = lineFinder(text);
  const packages = asTables(parsed.root["package"]).map((entry): Locked => {
    const name = asText(entry["name"]);
    return {
      entry,
      name: normaliseName(name),
      version: asText(entry["version"]),
      requiresPython: poetrySpecifier(asText(entry["python-versions"])) ?? "",
      line: at.next(`name = "${name}"`),
      edges: (extra) => edgesOf(entry, extra),
    };
  });
  const saysGroups = packages.some(({ entry }) => Array.isArray(entry["groups"]));
  const wanted = saysGroups ? ownMarkers(packages) : wantedMarkers(packages, declaredEdges(declared));
  const artifacts = packages.flatMap((one) => {
    const marker = wanted.get(one);
    return marker === undefined ? [] : artifactsOf(one, marker, metadata, at.of);
  });
  const python = asText(metadata["python-versions"]);
  const requiresPython = python === "" || python === "*" ? null : (poetrySpecifier(python) ?? python);
  return { requiresPython, environments: [], artifacts, findings: [] };
}

/** Poetry 2: `groups`, and `markers` as one text or one for each group. */
function ownMarkers(packages: readonly Locked[]): ReadonlyMap<Locked, string | null> {
  const main = packages.filter(({ entry }) => asList(entry["groups"]).includes("main"));
  return new Map(
    main.flatMap((one) => {
      const said = one.entry["markers"];
      const marker = asText(said) || asText(asTable(said)?.["main"]) || null;
      // Only an extra of the project itself asks for it.
      return one.entry["optional"] === true && marker === null ? [] : [[one, marker] as const];
    }),
  );
}

function edgesOf(entry: Table, extra: string): readonly Edge[] {
  const ofExtra = extra === "" ? null : namesOfExtra(entry, extra);
  return Object.entries(asTable(entry["dependencies"]) ?? {}).flatMap(([name, value]) => {
    const variants = Array.isArray(value) ? value : [value];
    return variants.flatMap((variant): readonly Edge[] => {
      const table = typeof variant === "string" ? { version: variant } : (asTable(variant) ?? {});
      const optional = asTable(variant)?.["optional"] === true;
      const isWanted = ofExtra === null ? !optional : optional && ofExtra.has(normaliseName(name));
      if (!isWanted) return [];
      return [
        {
          name: normaliseName(name),
          specifier: poetrySpecifier(asText(table["version"])) ?? "",
          extras: asList((table as Table)["extras"]).map((one) => normaliseName(asText(one))),
          marker: withoutExtra(asText((table as Table)["markers"])),
        },
      ];
    });
  });
}

/** `[package.extras]`: each extra with the requirements that it brings, as texts. */
function namesOfExtra(entry: Table, extra: string): ReadonlySet<string> {
  const lists = Object.entries(asTable(entry["extras"]) ?? {}).filter(
    ([name]) => normaliseName(name) === extra,
  );
  const names = lists.flatMap(([, list]) =>
    asList(list).map(
      (text) => parseRequirement(asText(text), { location: { file: "", line: null } })?.name ?? "",
    ),
  );
  return new Set(names);
}

/** The edge is followed for the extra alone: that it is asked for need not be said again. */
function withoutExtra(marker: string): string | null {
  const kept = marker
    .split(/\s+and\s+/u)
    .filter((part) => !/^\(?\s*extra\s*==\s*["'][^"']*["']\s*\)?$/u.test(part.trim()));
  const text = kept.join(" and ").trim();
  return text === "" || /\bextra\b/u.test(text) ? null : text;
}

function artifactsOf(
  { entry, name, version, line }: Locked,
  marker: string | null,
  metadata: Table,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const base = { name, version, marker, line };
  const source = asTable(entry["source"]) ?? {};
  const kind = asText(source["type"]);
  const url = asText(source["url"]);
  if (kind === "git")
    return [lockedSource(base, "vcs", `git+${url}@${asText(source["resolved_reference"])}`)];
  if (kind === "directory") return [lockedSource(base, "directory", url)];
  // Before 1.5 (lock version 2) the files stood apart, and in the first version only their hashes.
  const byName = asTable(metadata["files"])?.[asText(entry["name"])];
  const files = asTables(entry["files"] ?? byName);
  const bare = asList(asTable(metadata["hashes"])?.[asText(entry["name"])]).map((hash) => ({
    file: "",
    hash: `sha256:${asText(hash)}`,
  }));
  const all: readonly Table[] = files.length > 0 ? files : bare.length > 0 ? bare : [{}];
  return all.map((file) => {
    const filename = asText(file["file"]);
    return lockedFile({
      ...base,
      filename,
      sha256: sha256Of(file["hash"]),
      line: lineOf(filename, line),
      url: kind === "url" || kind === "file" ? url : "",
      ...(kind === "legacy" ? { index: url } : {}),
    });
  });
}
