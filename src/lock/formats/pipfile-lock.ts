import { normaliseName } from "../../manifests/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import {
  asList,
  asTable,
  asText,
  defineLockFormat,
  emptyLock,
  invalidLock,
  lineFinder,
  sha256Of,
  type Table,
} from "./lock-format.ts";
import { lockedFile, lockedSource } from "./locked-file.ts";
import { fileNameOf } from "./pylock.ts";

/** Pipfile.lock: its "default" section, which knows each file by its hash alone. */
export const pipfileLock = defineLockFormat({
  id: "Pipfile.lock",
  matches: (name) => name === "Pipfile.lock",
  read,
});

function read(text: string, path: string): LockContent {
  let root: Table;
  try {
    root = asTable(JSON.parse(text)) ?? {};
  } catch (error) {
    return {
      ...emptyLock,
      findings: [invalidLock(path, error instanceof Error ? error.message : String(error), 1)],
    };
  }
  const section = asTable(root["default"]);
  if (section === null) return { ...emptyLock, findings: [invalidLock(path, 'it has no "default"', 1)] };
  const meta = asTable(root["_meta"]) ?? {};
  const sources = asList(meta["sources"]).map((source) => asTable(source) ?? {});
  const indexes = new Map(sources.map((source) => [asText(source["name"]), asText(source["url"])]));
  const { of } = lineFinder(text);
  const from = of('"default": {', 1);
  const artifacts = Object.entries(section).flatMap(([name, value]) =>
    artifactsOf(name, asTable(value) ?? {}, indexes, of(`"${name}": {`, from)),
  );
  const requires = asTable(meta["requires"]) ?? {};
  const full = asText(requires["python_full_version"]);
  const series = asText(requires["python_version"]);
  return {
    requiresPython: full !== "" ? `==${full}` : series !== "" ? `==${series}.*` : null,
    environments: [],
    artifacts,
    indexes: [...indexes.values()].filter((url) => url !== ""),
    findings: [],
  };
}

function artifactsOf(
  name: string,
  entry: Table,
  indexes: ReadonlyMap<string, string>,
  line: number,
): readonly LockedArtifact[] {
  const base = {
    name: normaliseName(name),
    version: asText(entry["version"]).replace(/^===?/u, ""),
    marker: asText(entry["markers"]) || null,
    line,
  };
  for (const kind of ["git", "hg", "svn", "bzr"]) {
    const address = asText(entry[kind]);
    if (address !== "") return [lockedSource(base, "vcs", `${kind}+${address}@${asText(entry["ref"])}`)];
  }
  const folder = asText(entry["path"]);
  if (folder !== "") return [lockedSource(base, "directory", folder)];
  const url = asText(entry["file"]) || asText(entry["uri"]);
  const index = indexes.get(asText(entry["index"])) ?? "";
  const hashes = asList(entry["hashes"]).map(sha256Of);
  return (hashes.length === 0 ? [""] : hashes).map((sha256) =>
    lockedFile({ ...base, filename: fileNameOf(url), url, sha256, ...(index === "" ? {} : { index }) }),
  );
}
