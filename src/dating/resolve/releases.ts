import { compare, satisfies, valid, validRange } from "@renovatebot/pep440";
import {
  fetchIndexPage,
  indexSettings,
  satisfiesSpecifier,
  type IndexFile,
} from "../../environments/index.ts";
import { thisLockPlatform, wheelServes, wheelTags } from "../../lock/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { seriesOf } from "../pythons/releases.ts";

/** One version of a distribution on the index. */
export interface Release {
  readonly version: string;
  readonly files: readonly IndexFile[];
  readonly prerelease: boolean;
}

const known = new Map<string, Promise<readonly Release[] | null>>();

/**
 * The versions of a distribution (normalised name) on the configured index, oldest first; null where the index does not
 * know it. Asked once a process. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export function releasesOf(name: string): Promise<readonly Release[] | null> {
  const { indexUrl } = indexSettings();
  const key = `${indexUrl} ${name}`;
  const asking =
    known.get(key) ??
    fetchIndexPage(indexUrl, name).then((files) => (files === null ? null : groupReleases(files)));
  known.set(key, asking);
  asking.catch(() => known.delete(key));
  return asking;
}

/** Files by their version; those whose version PEP 440 does not know are left out. */
export function groupReleases(files: readonly IndexFile[]): readonly Release[] {
  const byVersion = new Map<string, IndexFile[]>();
  for (const file of files) {
    const version = versionOf(file.filename);
    if (version === null) continue;
    const same = byVersion.get(version) ?? [];
    same.push(file);
    byVersion.set(version, same);
  }
  return [...byVersion]
    .map(([version, own]) => ({ version, files: own, prerelease: /(?:a|b|rc|dev)\d/u.test(version) }))
    .sort((a, b) => compare(a.version, b.version));
}

function versionOf(filename: string): string | null {
  const wheel = wheelTags(filename)?.version;
  const text = wheel ?? /-([^-]+)\.(?:tar\.gz|tgz|zip|tar\.bz2)$/u.exec(filename)?.[1];
  return text === undefined ? null : valid(text);
}

/** When the first wheel that serves this Python on this machine was uploaded ("" where the index does not tell); null
 *  where none serves, by its tags (PEP 425) and the Python that it asks for. */
export function wheelFor(release: Release, python: Interpreter): string | null {
  const series = seriesOf(python.version);
  const platform = thisLockPlatform();
  const times = release.files
    .filter(({ filename, requiresPython }) => {
      const tags = wheelTags(filename);
      return (
        tags !== null && wheelServes(tags, series, platform) && takesPython(requiresPython, python.version)
      );
    })
    .map(({ uploaded }) => uploaded ?? "");
  return times.length === 0 ? null : times.reduce((a, b) => (a < b ? a : b));
}

/** True where the statement admits the version, or cannot be read. */
export function takesPython(requiresPython: string | null, version: string): boolean {
  if (requiresPython === null || !validRange(requiresPython)) return true;
  return satisfiesSpecifier(version, requiresPython);
}

export const findRelease = (releases: readonly Release[], version: string): Release | null =>
  valid(version) ? (releases.find((one) => compare(one.version, version) === 0) ?? null) : null;

/** Yanked as a whole (PEP 592). */
export const isYanked = ({ files }: Release): boolean => files.every(({ yanked }) => yanked !== null);

const majorOf = (version: string): string => /^(?:\d+!)?\d+/u.exec(version)?.[0] ?? version;

/**
 * The release nearest to a version that serves a Python and satisfies a specifier: the first above within the same major
 * version, else the first below within it, else the first above, else the first below. No prereleases, none yanked.
 */
export function nearestRelease(
  releases: readonly Release[],
  version: string,
  python: Interpreter,
  specifier = "",
): Release | null {
  const serving = releases.filter(
    (one) =>
      !one.prerelease && !isYanked(one) && admits(specifier, one.version) && wheelFor(one, python) !== null,
  );
  const at = valid(version) ?? "0";
  const above = serving.filter((one) => compare(one.version, at) > 0);
  const below = serving.filter((one) => compare(one.version, at) < 0).toReversed();
  const same = (one: Release): boolean => majorOf(one.version) === majorOf(at);
  return above.find(same) ?? below.find(same) ?? above[0] ?? below[0] ?? null;
}

interface Uploaded {
  readonly release: Release;
  readonly uploaded: string;
}

/** The releases that serve and satisfy and came after a moment (ISO 8601), in the order in which they came. */
export function laterReleases(
  releases: readonly Release[],
  moment: string,
  python: Interpreter,
  specifier: string,
): readonly Uploaded[] {
  const later = releases.flatMap((release) => {
    const uploaded = wheelFor(release, python);
    if (uploaded === null || uploaded <= moment || release.prerelease || isYanked(release)) return [];
    return admits(specifier, release.version) ? [{ release, uploaded }] : [];
  });
  return later.sort((a, b) => (a.uploaded < b.uploaded ? -1 : 1));
}

/** The first of them. */
export function firstAfter(
  releases: readonly Release[],
  moment: string,
  python: Interpreter,
  specifier: string,
): Uploaded | null {
  return laterReleases(releases, moment, python, specifier)[0] ?? null;
}

/** The newest release that serves and was there at a moment (ISO 8601). */
export function newestAt(
  releases: readonly Release[],
  moment: string | null,
  python: Interpreter,
): Release | null {
  const there = releases.filter((one) => {
    const uploaded = wheelFor(one, python);
    return uploaded !== null && !one.prerelease && !isYanked(one) && (moment === null || uploaded <= moment);
  });
  return there.at(-1) ?? null;
}

export function admits(specifier: string, version: string): boolean {
  return specifier === "" || !validRange(specifier) || satisfies(version, specifier, { prereleases: true });
}

/** A moment that takes in what was uploaded at a time (ISO 8601). */
export function momentAfter(time: string): string {
  return new Date(Date.parse(time) + 1000).toISOString();
}
