import { markerHolds, variablesOn, type LockPlatform } from "../manifests/index.ts";
import { makeFinding, type Finding, type Requirement } from "../model/index.ts";
import type { LockContent, LockedArtifact } from "./artifact.ts";
import { thisLockPlatform } from "./platforms.ts";

import { formatOfLock } from "./formats/lock-formats.ts";
import { wheelServes, wheelTags } from "./wheel-tags.ts";

export interface InspectOptions {
  /** The Python that it is for, "3.11"; taken from the lock where left out. */
  readonly python?: string;
  /** The platforms that must be served; the one that we run on where left out. */
  readonly platforms?: readonly LockPlatform[];
  /** What the project runs with: some formats do not say themselves what is for development alone. */
  readonly declared?: readonly Requirement[];
}

/**
 * What a lock (of any format that is read here) names, and its faults, each with its line. Rules: lock-invalid,
 * lock-version-missing, lock-missing-hash, lock-sdist-only (a needed platform has no wheel, and what a build needs is
 * not locked), lock-vcs-unpinned. Never throws.
 */
export function inspectLock(text: string, path: string, options: InspectOptions = {}): LockContent {
  const lock = formatOfLock(path).read(text, path, options.declared ?? []);
  const python = options.python ?? pythonOfLock(lock);
  const here = thisLockPlatform();
  const needed = options.platforms ?? (here === null ? [] : [here]);
  const packages = Map.groupBy(lock.artifacts, ({ name, version, marker }) => `${name} ${version} ${marker}`);
  const findings = [...lock.findings];
  for (const files of packages.values()) {
    findings.push(...withoutHash(files, path), ...unpinned(files, path));
    findings.push(...builtFromSource(files, path, python, needed));
  }
  return { ...lock, findings };
}

/** The Python that a lock is for: the first that its requires-python admits; null where it does not say. */
export function pythonOfLock(lock: LockContent): string | null {
  return /(?:==|>=|~=)\s*(3\.\d+)/u.exec(lock.requiresPython ?? "")?.[1] ?? null;
}

function withoutHash(files: readonly LockedArtifact[], path: string): readonly Finding[] {
  const bare = files.filter(({ kind, sha256 }) => ["wheel", "sdist", "file"].includes(kind) && sha256 === "");
  // Without a version there is no file to have a hash: lock-version-missing says so.
  if (files.every(({ version, url }) => version === "" && url === "")) return [];
  return bare.slice(0, 1).map(({ name, version, line }) =>
    makeFinding(
      "lock-missing-hash",
      "error",
      `${label(name, version)} has ${bare.length} files without a sha256.`,
      {
        file: path,
        line,
        why: "Without its hash another file under the same name would be installed unseen.",
        fix: "Lock anew: rung lock",
      },
    ),
  );
}

function unpinned(files: readonly LockedArtifact[], path: string): readonly Finding[] {
  return files
    .filter(({ kind, url }) => kind === "vcs" && !/@[0-9a-f]{40,64}(?:$|[#?])/u.test(url))
    .map(({ name, url, line }) =>
      makeFinding("lock-vcs-unpinned", "error", `${name} comes from ${url}, which names no commit.`, {
        file: path,
        line,
        why: "A branch or tag moves, and then something else is installed.",
        fix: "Name the full commit, or depend on a released version.",
      }),
    );
}

function builtFromSource(
  files: readonly LockedArtifact[],
  path: string,
  python: string | null,
  needed: readonly LockPlatform[],
): readonly Finding[] {
  const [first] = files;
  if (first === undefined || files.some(({ kind }) => kind === "file")) return [];
  const tags = files.flatMap(({ kind, filename }) => (kind === "wheel" ? [wheelTags(filename)] : []));
  const serves = (platform: LockPlatform): boolean =>
    tags.some((tag) => tag !== null && (python === null || wheelServes(tag, python, platform)));
  const wanted = needed.filter((id) => markerHolds(first.marker, variablesOn(id, python ?? "3.11")));
  const lacking = tags.length === 0 ? wanted : wanted.filter((platform) => !serves(platform));
  if (lacking.length === 0) return [];
  const source =
    { vcs: "a VCS commit", directory: `the folder "${first.url}"` }[first.kind as string] ?? "an sdist";
  const where = `${lacking.join(", ")}${python === null ? "" : ` with Python ${python}`}`;
  return [
    makeFinding(
      "lock-sdist-only",
      "error",
      `${label(first.name, first.version)} has no wheel for ${where}: it is built from ${source}.`,
      {
        file: path,
        line: first.line,
        why: "A build fetches tools that the lock does not name, and depends on the compiler and libraries that are there.",
        fix: "Choose a version (or a Python) with wheels for each platform asked for.",
      },
    ),
  ];
}

const label = (name: string, version: string): string => `${name} ${version}`.trim();
