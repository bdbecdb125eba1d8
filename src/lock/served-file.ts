import { fetchIndexPage, type IndexFile } from "../environments/index.ts";
import { normaliseName } from "../manifests/index.ts";
import type { LockedArtifact } from "./artifact.ts";
import { wheelTags } from "./wheel-tags.ts";

/** A file, with the index that serves it. */
export type ServedFile = IndexFile & { readonly index: string };

/**
 * What the indexes serve under the name of these artifacts, which are of one package: first the index that the lock
 * names for it, then `indexes` in their order, until every artifact is found. Null where none of them knows the name.
 * Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function servedFor(
  locked: readonly LockedArtifact[],
  indexes: readonly string[],
): Promise<readonly ServedFile[] | null> {
  const [first] = locked;
  if (first === undefined) return null;
  const named = locked.flatMap(({ index }) => (index === undefined || isPublic(index) ? [] : [index]));
  let known: readonly ServedFile[] | null = null;
  for (const index of new Set([...named, ...indexes])) {
    const page = await fetchIndexPage(index, first.name);
    if (page === null) continue;
    known = [...(known ?? []), ...page.map((file) => ({ ...file, index }))];
    const files = known;
    if (locked.every((artifact) => hasName(artifact) && servedAs(artifact, files) !== null)) break;
  }
  return known;
}

/** The public index, in whose place an owner may have set a mirror. */
export const isPublic = (index: string): boolean =>
  /^https?:\/\/pypi\.(?:org|python\.org)\//u.test(`${index}/`);

/** False for a package that the lock names by its version alone. */
export const hasName = ({ filename, sha256 }: LockedArtifact): boolean => filename !== "" || sha256 !== "";

/** The file of an index page that a lock means: by its name, or by its hash where the lock knows no name. */
export function servedAs<File extends IndexFile>(
  artifact: LockedArtifact,
  served: readonly File[],
): File | null {
  if (artifact.filename === "") return served.find(({ sha256 }) => sha256 === artifact.sha256) ?? null;
  return (
    served.find((file) => file.filename === artifact.filename && sameHash(artifact, file)) ??
    served.find((file) => file.filename === artifact.filename) ??
    served.find(({ filename }) => sameWheel(filename, artifact.filename)) ??
    null
  );
}

/** Older wheels are named with "-" and "." where newer rules want "_"; the rest of the name must be the same. */
function sameWheel(one: string, other: string): boolean {
  const [a, b] = [wheelTags(one), wheelTags(other)];
  if (a === null || b === null) return false;
  const sameRest = one.slice(one.indexOf("-")) === other.slice(other.indexOf("-"));
  return sameRest && normaliseName(a.name) === normaliseName(b.name);
}

/** True where neither side says otherwise. */
export const sameHash = (artifact: LockedArtifact, file: IndexFile): boolean =>
  file.sha256 === null || artifact.sha256 === "" || file.sha256 === artifact.sha256;

/** How the index differs from the lock, in words. */
export function differenceOf(artifact: LockedArtifact, file: IndexFile | null): string {
  const name = artifact.filename || `sha256:${artifact.sha256.slice(0, 12)}...`;
  return file === null ? `${name} is gone` : `${name} has another sha256`;
}
