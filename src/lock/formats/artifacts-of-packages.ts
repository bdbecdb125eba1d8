import { readLockedPackages, type LockedFile, type LockedPackage } from "../../manifests/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import { fileNameOf, kindOfFile } from "./file-names.ts";
import { lineFinder } from "./line-finder.ts";
import { defineLockFormat, type LockFormat } from "./lock-format.ts";

/** A format that the room of manifests reads; here its packages become artifacts, each with its line. */
export function packagesFormat(id: LockFormat["id"], matches: LockFormat["matches"]): LockFormat {
  return defineLockFormat({
    id,
    matches,
    read(text, path, declared): LockContent {
      const { packages, ...lock } = readLockedPackages(id, path, text, declared);
      const lineOf = lineFinder(text);
      return {
        ...lock,
        artifacts: packages.flatMap((locked) => artifactsOf(locked, lineOf)),
        findings: [...lock.findings, ...packages.flatMap((locked) => versionMissing(locked, path))],
      };
    },
  });
}

function artifactsOf(
  { requirement, source, files, index }: LockedPackage,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const { name, specifier, marker, url, location } = requirement;
  const line = location.line ?? 1;
  const base = { name, version: specifier.slice("==".length), marker, ...(index === null ? {} : { index }) };
  if (source === "vcs" || source === "directory") {
    return [{ ...base, kind: source, url: url ?? "", filename: "", sha256: "", size: null, line }];
  }
  return (files.length === 0 ? [unnamed] : files).map((file) => {
    const filename = file.name || fileNameOf(file.url);
    return {
      ...base,
      filename,
      url: file.url,
      sha256: sha256Of(file),
      size: file.size ?? null,
      kind: file.kind ?? kindOfFile(filename) ?? "file",
      line: lineOf(file.name || file.url, line),
    };
  });
}

/** Of a package that a lock names by its version alone. */
const unnamed: LockedFile = { name: "", url: "", hashes: [] };

/** In hex; "" for other algorithms. */
function sha256Of({ hashes }: LockedFile): string {
  const digests = hashes.map((hash) => /^sha256:([0-9a-f]{64})$/iu.exec(hash)?.[1] ?? "");
  return digests.find((digest) => digest !== "")?.toLowerCase() ?? "";
}

/** A lock may leave the version of a package open: without a hash either, nobody can tell what it means. */
function versionMissing({ requirement, source, files }: LockedPackage, path: string): readonly Finding[] {
  const { name, specifier, location } = requirement;
  if (source !== "index" || specifier !== "" || files.length > 0) return [];
  return [
    makeFinding("lock-version-missing", "error", `${path} names no version of ${name}.`, {
      file: path,
      line: location.line,
      why: "An installer takes whatever is newest that day.",
      fix: "Lock anew: rung lock",
    }),
  ];
}
