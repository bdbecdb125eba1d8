import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";

/** The lock cannot be read, or a part of it; `what` goes on after the path. */
export function lockBroken(path: string, line: number | null, what: string): Finding {
  return makeFinding("lock-invalid", "error", `${path} ${what}`, {
    file: path,
    line,
    why: "what it locks is not known until it is mended",
    fix: "make the lock anew with the tool that wrote it",
  });
}

/** For `lockBroken`: reading ended at a bound. Aliases can make billions of packages out of a small file. */
export const tooMany = "names more packages than any project has; the rest was not read";

/** The format's version is not one that we know; what looks as usual was read. */
export function lockVersionUnknown(
  path: string,
  line: number | null,
  version: string,
  known: string,
): Finding {
  const said = version === "" ? "names no version of its format" : `is of version ${version.slice(0, 40)}`;
  return makeFinding("lock-version-unknown", "warning", `${path} ${said}; known are ${known}`, {
    file: path,
    line,
    why: "a part of it may have been read wrongly, or passed over",
    fix: "make the lock anew with a version of its tool that writes a known one",
  });
}

/** The lock was made from another state of its manifest. Both places are named. */
export function lockOutOfDate(
  lock: { readonly path: string; readonly line: number | null; readonly hash: string },
  manifest: { readonly path: string; readonly line: number | null; readonly hash: string },
  refresh: string,
): Finding {
  const place = manifest.line === null ? manifest.path : `${manifest.path}:${manifest.line}`;
  const [theirs, ours] = [lock.hash.slice(0, 12), manifest.hash.slice(0, 12)];
  const message = `${lock.path} was made from another ${place}: it holds the hash ${theirs}, and that of the file is ${ours}`;
  return makeFinding("lock-out-of-date", "warning", message, {
    file: lock.path,
    line: lock.line,
    why: "it may lack what is declared now, or hold other versions",
    fix: `run \`${refresh}\``,
  });
}

/** One finding for all packages that come from an index and have no hash; none where each has one. */
export function hashesMissing(path: string, requirements: readonly Requirement[]): readonly Finding[] {
  const without = requirements.filter(
    ({ hashes, url, specifier }) =>
      hashes.length === 0 && specifier !== "" && (url === null || isArtifact(url)),
  );
  const [first] = without;
  if (first === undefined) return [];
  const count = new Set(without.map(({ name }) => name)).size;
  const message = `${path} has no hash for ${count} ${count === 1 ? "package" : "packages"}: ${namesOf(without)}`;
  return [
    makeFinding("lock-hash-missing", "warning", message, {
      ...first.location,
      why: "without it nobody can tell whether the file that the index serves is still the one that was locked",
    }),
  ];
}

/** One finding for all packages that the lock names without a version or a place to have them from. */
export function versionsMissing(path: string, requirements: readonly Requirement[]): readonly Finding[] {
  const open = requirements.filter(({ specifier, url }) => specifier === "" && url === null);
  const [first] = open;
  if (first === undefined) return [];
  const message = `${path} names no version of ${namesOf(open)}`;
  return [
    makeFinding("lock-version-missing", "warning", message, {
      ...first.location,
      why: "an installer takes whatever is newest that day",
    }),
  ];
}

/** The first three names, and whether there are more. */
function namesOf(requirements: readonly Requirement[]): string {
  const names = [...new Set(requirements.map(({ name }) => name))];
  return names.slice(0, 3).join(", ") + (names.length > 3 ? " and others" : "");
}

/** Whether a URL names one file on a server, as against a repository or a folder. */
function isArtifact(url: string): boolean {
  return /^https?:/u.test(url);
}
