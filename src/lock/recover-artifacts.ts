import { indexSettings, type Progress } from "../environments/index.ts";
import { makeFinding, type Finding } from "../model/index.ts";
import type { LockContent, LockedArtifact } from "./artifact.ts";
import { each } from "./each.ts";
import { kindOfFile } from "./formats/file-names.ts";
import {
  differenceOf,
  hasName,
  isPublic,
  sameHash,
  servedAs,
  servedFor,
  type ServedFile,
} from "./served-file.ts";
import { withoutSecrets } from "../system/index.ts";
import { versionOfFile } from "./wheel-tags.ts";

export interface Recovered {
  /** Every artifact of an index with its URL, file name and sha256. */
  readonly artifacts: readonly LockedArtifact[];
  /** How many files got their URL, and how many their hash, from the index. */
  readonly urls: number;
  readonly hashes: number;
  /** The indexes from which they are, without names and passwords. */
  readonly indexes: readonly string[];
  /** Rules: lock-artifact-gone (error), lock-hash-recovered (warning). */
  readonly findings: readonly Finding[];
}

/**
 * What a lock leaves out of its artifacts (URL, file name, hash), from the pages of the indexes: a file is known by its
 * name and hash. What the index does not serve as it was locked is an error with its line. Where the lock has no hash,
 * that of today is taken, and a finding says so. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function recoverArtifacts(
  { artifacts, indexes = [] }: LockContent,
  path: string,
  progress: Progress,
): Promise<Recovered> {
  const owners = indexSettings();
  const asked = [owners.indexUrl, ...owners.extraIndexUrls, ...indexes.filter((one) => !isPublic(one))];
  const isWhole = (one: LockedArtifact): boolean =>
    one.kind === "vcs" || one.kind === "directory" || (one.url !== "" && one.sha256 !== "");
  const whole = artifacts.filter(isWhole);
  const partial = artifacts.filter((one) => !isWhole(one));
  const packages = [...Map.groupBy(partial, ({ name, version }) => `${name} ${version}`).values()];
  if (packages.length > 0) progress(`asking the index for the files of ${packages.length} locked packages`);
  const found = await each(packages, async (locked) =>
    recoverPackage(locked, await servedFor(locked, asked), path),
  );
  return {
    artifacts: [...whole, ...found.flatMap((one) => one.artifacts)].sort(byPlace),
    urls: found.reduce((sum, one) => sum + one.urls, 0),
    hashes: found.reduce((sum, one) => sum + one.hashes, 0),
    indexes: [...new Set(found.flatMap((one) => one.indexes))],
    findings: found.flatMap((one) => one.findings),
  };
}

const byPlace = (one: LockedArtifact, other: LockedArtifact): number => one.line - other.line;

function recoverPackage(
  locked: readonly LockedArtifact[],
  served: readonly ServedFile[] | null,
  path: string,
): Recovered {
  const wanted = locked.flatMap((artifact) =>
    hasName(artifact)
      ? [{ artifact, file: servedAs(artifact, served ?? []) }]
      : allOf(artifact, served ?? []),
  );
  const lost = wanted.filter(({ artifact, file }) => file === null || !sameHash(artifact, file));
  const hashless = wanted.filter(
    ({ artifact, file }) => artifact.sha256 === "" && (file?.sha256 ?? null) !== null,
  );
  const artifacts = wanted.flatMap(({ artifact, file }): readonly LockedArtifact[] => {
    if (file === null || !sameHash(artifact, file)) return [];
    const sha256 = artifact.sha256 || (file.sha256 ?? "");
    const kind = kindOfFile(file.filename);
    // Eggs and installers, which old locks hash too, are nothing that is installed today.
    if (kind === null || sha256 === "") return [];
    return [{ ...artifact, kind, sha256, filename: file.filename, url: artifact.url || file.url }];
  });
  const [first] = locked;
  const findings =
    first === undefined
      ? []
      : [...gone(first, lost, wanted.length, served !== null, path), ...withNewHash(first, hashless, path)];
  return {
    artifacts,
    urls: artifacts.length - locked.filter(({ url }) => url !== "").length,
    hashes: hashless.length,
    indexes: indexesOf(wanted),
    findings,
  };
}

interface Wanted {
  readonly artifact: LockedArtifact;
  readonly file: ServedFile | null;
}

const indexesOf = (wanted: readonly Wanted[]): readonly string[] => [
  ...new Set(wanted.flatMap(({ file }) => (file === null ? [] : withoutSecrets(file.index)))),
];

/** A version without any hash: all of its files. One that the index does not know stays, as lost. */
function allOf(artifact: LockedArtifact, served: readonly ServedFile[]): readonly Wanted[] {
  const files = served.filter(
    ({ filename }) => kindOfFile(filename) !== null && versionOfFile(filename) === artifact.version,
  );
  return files.length === 0 ? [{ artifact, file: null }] : files.map((file) => ({ artifact, file }));
}

function gone(
  first: LockedArtifact,
  lost: readonly Wanted[],
  all: number,
  isKnown: boolean,
  path: string,
): readonly Finding[] {
  const [one] = lost;
  if (one === undefined) return [];
  const how = !isKnown
    ? "no index knows the project"
    : hasName(one.artifact)
      ? differenceOf(one.artifact, one.file)
      : "the index has no such version";
  const message = `${first.name} ${first.version}: ${lost.length} of ${all} locked files are not served as locked (${how}).`;
  return [
    makeFinding("lock-artifact-gone", "error", message, {
      file: path,
      line: one.artifact.line,
      why: "The lock names no URL, and without the index nobody can install what it means.",
      fix: "Lock anew with the tool that wrote it, or with rung lock --upgrade.",
    }),
  ];
}

function withNewHash(
  { name, version, line }: LockedArtifact,
  hashless: readonly Wanted[],
  path: string,
): readonly Finding[] {
  if (hashless.length === 0) return [];
  const count = `${hashless.length} file${hashless.length === 1 ? "" : "s"}`;
  const message = `${name} ${version} has ${count} without a hash in ${path}; what ${indexesOf(hashless).join(", ")} states today was taken.`;
  return [
    makeFinding("lock-hash-recovered", "warning", message, {
      file: path,
      line,
      why: "Whether they are the files that were meant when it was locked, nobody can tell any more.",
      fix: "Keep the lock that holds the hashes now.",
    }),
  ];
}
