import type { Requirement } from "../model/index.ts";

/** A requirement as PEP 508 text for the Python index; null for what is no package of it: Python itself, tools of conda, local paths. */
export function asPypi(requirement: Requirement): string | null {
  const { ecosystem, name, extras, specifier, marker, url } = requirement;
  if (ecosystem === "conda") return notOnIndex.has(name) ? null : `${name}${specifier}`;
  if (name === "" || requirement.editable) return null;
  if (url !== null && !/^(?:[a-z+]+:\/\/)/iu.test(url)) return null;
  const extra = extras.length === 0 ? "" : `[${extras.join(",")}]`;
  const what = url === null ? `${name}${extra}${specifier}` : `${name}${extra} @ ${url}`;
  return marker === null ? what : `${what} ; ${marker}`;
}

const notOnIndex = new Set([
  "python",
  "pip",
  "conda",
  "anaconda",
  "nodejs",
  "r-base",
  "nomkl",
  "mkl",
  "libgcc",
  "gcc",
]);
