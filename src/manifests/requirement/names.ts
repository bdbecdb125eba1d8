import type { Requirement } from "../../model/index.ts";

/** A distribution's name in the form in which names are compared (PEP 503). */
export function normaliseName(name: string): string {
  return name.replaceAll(/[-_.]+/gu, "-").toLowerCase();
}

const exactVersion = /^===?\s*[^\s*=]+$/u;
const commit = /@[0-9a-f]{40}(?:$|[#?])/iu;
const hashedUrl = /[#&](?:sha256|sha384|sha512)=[0-9a-f]+/iu;

/**
 * Whether a requirement names one artifact's version and no other: `==` (not `==1.*`), `===`, a URL with a hash, a
 * VCS reference by its full commit, or a path inside the project's own tree (the tree itself fixes its content).
 */
export function isPinned(requirement: Requirement): boolean {
  const { url } = requirement;
  if (url === null) return requirement.specifier.split(",").some((part) => exactVersion.test(part.trim()));
  if (/^(git|hg|svn|bzr)\+/u.test(url)) return commit.test(url);
  if (isLocalPath(url)) return !/^([/\\~]|[A-Za-z]:|file:\/\/)|(^|[/\\])\.\.([/\\]|$)/u.test(url);
  return hashedUrl.test(url) || requirement.hashes.length > 0;
}

/** Whether a direct reference is a path rather than a URL. */
export function isLocalPath(url: string): boolean {
  return url.startsWith("file:") || !/^[A-Za-z][A-Za-z0-9+.-]+:/u.test(url);
}
