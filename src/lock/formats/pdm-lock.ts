import { normaliseName, parseRequirement } from "../../manifests/index.ts";
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
import { fileNameOf } from "./pylock.ts";
import { declaredEdges, wantedMarkers, type Edge, type GraphPackage } from "./wanted-markers.ts";

/**
 * pdm.lock: what is locked for the default group. With PDM's strategy inherit_metadata it says itself which group and
 * marker a package is for; without it, both follow from the edges.
 */
export const pdmLock = defineLockFormat({ id: "pdm.lock", matches: (name) => name === "pdm.lock", read });

interface Locked extends GraphPackage {
  readonly entry: Table;
  readonly line: number;
}

function read(text: string, path: string, declared: readonly Requirement[]): LockContent {
  const parsed = parseLock(text, path);
  if (!("root" in parsed)) return parsed;
  const metadata = asTable(parsed.root["metadata"]) ?? {};
  const at = lineFinder(text);
  const entries = asTables(parsed.root["package"]);
  const extrasOf = Map.groupBy(entries, (entry) => `${asText(entry["name"])} ${asText(entry["version"])}`);
  const packages = entries.map((entry): Locked => {
    const name = asText(entry["name"]);
    const line = at.next(`name = "${name}"`);
    const siblings = extrasOf.get(`${name} ${asText(entry["version"])}`) ?? [];
    return {
      entry,
      line,
      name: normaliseName(name),
      version: asText(entry["version"]),
      requiresPython: asText(entry["requires_python"]),
      edges: (extra) => siblings.filter((one) => isFor(one, extra)).flatMap(edgesOf),
    };
  });
  const saysGroups = entries.some((entry) => Array.isArray(entry["groups"]));
  const wanted: ReadonlyMap<Locked, string | null> = saysGroups
    ? new Map(
        packages
          .filter(({ entry }) => asList(entry["groups"]).includes("default"))
          .map((one) => [one, asText(one.entry["marker"]) || null]),
      )
    : wantedMarkers(packages, declaredEdges(declared));
  const bare = [...wanted].filter(([{ entry }]) => asList(entry["extras"]).length === 0);
  const targets = asTables(metadata["targets"]).map((target) => asText(target["requires_python"]));
  return {
    requiresPython: (targets[0] ?? asText(metadata["requires_python"])) || null,
    environments: [],
    artifacts: bare.flatMap(([one, marker]) => artifactsOf(one, marker, at.of)),
    findings: [],
  };
}

/** A package with extras has an entry of its own beside the bare one. */
const isFor = (entry: Table, extra: string): boolean => {
  const extras = asList(entry["extras"]).map((one) => normaliseName(asText(one)));
  return extra === "" ? extras.length === 0 : extras.includes(extra);
};

function edgesOf(entry: Table): readonly Edge[] {
  const asked = asList(entry["dependencies"]).flatMap((text) => {
    const requirement = parseRequirement(asText(text), { location: { file: "", line: null } });
    return requirement === null ? [] : [requirement];
  });
  return declaredEdges(asked);
}

function artifactsOf(
  { entry, name, version, line }: Locked,
  marker: string | null,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const base = { name, version, marker, line };
  const git = asText(entry["git"]);
  const folder = asText(entry["path"]);
  if (git !== "") return [lockedSource(base, "vcs", `git+${git}@${asText(entry["revision"])}`)];
  if (folder !== "") return [lockedSource(base, "directory", folder)];
  const files = asTables(entry["files"]);
  return (files.length === 0 ? [{}] : files).map((file: Table) => {
    // With the strategy static_urls the URL is given in place of the file's name.
    const url = asText(file["url"]) || asText(entry["url"]);
    const filename = asText(file["file"]) || fileNameOf(url);
    return lockedFile({
      ...base,
      filename,
      url,
      sha256: sha256Of(file["hash"]),
      line: lineOf(filename, line),
    });
  });
}
