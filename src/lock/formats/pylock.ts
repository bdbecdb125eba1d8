import { normaliseName } from "../../manifests/index.ts";
import { type Finding } from "../../model/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import {
  asTable,
  asTables,
  asText,
  defineLockFormat,
  emptyLock,
  invalidLock,
  lineFinder,
  parseLock,
  type Table,
} from "./lock-format.ts";

/** pylock.toml (PEP 751). */
export const pylock = defineLockFormat({
  id: "pylock.toml",
  matches: (name) => /^pylock\.(?:[^.]+\.)?toml$/u.test(name),
  read: readPylock,
});

/** What is no such file becomes the finding lock-invalid; never throws. */
export function readPylock(text: string, path: string): LockContent {
  const parsed = parseLock(text, path);
  if (!("root" in parsed)) return parsed;
  const { root } = parsed;
  const version = asText(root["lock-version"]);
  if (!/^1\.\d+$/u.test(version)) {
    const said = version === "" ? "lock-version is missing" : `lock-version ${version} is not known`;
    return { ...emptyLock, findings: [invalidLock(path, said, 1)] };
  }
  const at = lineFinder(text);
  const findings: Finding[] = [];
  const artifacts = asTables(root["packages"]).flatMap((entry) => {
    const name = asText(entry["name"]);
    const line = at.next(`name = "${name}"`);
    const found = artifactsOf(entry, name, line, at.of);
    if (name === "" || found.length === 0) {
      findings.push(invalidLock(path, `package ${name || "without a name"} names no source`, line));
    }
    return found;
  });
  const environments = Array.isArray(root["environments"]) ? root["environments"].map(asText) : [];
  return { requiresPython: asText(root["requires-python"]) || null, environments, artifacts, findings };
}

function artifactsOf(
  entry: Table,
  name: string,
  line: number,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const index = asText(entry["index"]);
  const base = {
    name: normaliseName(name),
    version: asText(entry["version"]),
    marker: asText(entry["marker"]) || null,
    ...(index === "" ? {} : { index }),
  };
  const file = (table: Table, kind: "wheel" | "sdist"): LockedArtifact => {
    const url = asText(table["url"]) || asText(table["path"]);
    const filename = asText(table["name"]) || fileNameOf(url);
    return {
      ...base,
      url,
      filename,
      sha256: asText(asTable(table["hashes"])?.["sha256"]).toLowerCase(),
      size: typeof table["size"] === "number" ? table["size"] : null,
      kind,
      line: lineOf(url || filename, line),
    };
  };
  const vcs = asTable(entry["vcs"]);
  const directory = asTable(entry["directory"]);
  const archive = asTable(entry["archive"]);
  const sdist = asTable(entry["sdist"]);
  const tree = { ...base, filename: "", sha256: "", size: null, line };
  return [
    ...asTables(entry["wheels"]).map((wheel) => file(wheel, "wheel")),
    ...(sdist === null ? [] : [file(sdist, "sdist")]),
    ...(archive === null ? [] : [file(archive, isWheel(archive) ? "wheel" : "sdist")]),
    ...(vcs === null ? [] : [{ ...tree, kind: "vcs" as const, url: vcsUrl(vcs) }]),
    ...(directory === null ? [] : [{ ...tree, kind: "directory" as const, url: asText(directory["path"]) }]),
  ];
}

const isWheel = (archive: Table): boolean =>
  /\.whl(?:$|[?#])/u.test(asText(archive["url"]) || asText(archive["path"]));

function vcsUrl(vcs: Table): string {
  const commit = asText(vcs["commit-id"]);
  return `${asText(vcs["type"])}+${asText(vcs["url"]) || asText(vcs["path"])}${commit === "" ? "" : `@${commit}`}`;
}

/** The file that a URL or path leads to. */
export const fileNameOf = (url: string): string => decoded(url.split(/[?#]/u)[0]?.split("/").at(-1) ?? "");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
