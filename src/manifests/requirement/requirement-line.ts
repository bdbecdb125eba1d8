import type { Requirement } from "../../model/index.ts";

/** A requirement as a line that pip and uv read (PEP 508; a path without a name as it is). Hashes are left out. */
export function requirementLine(requirement: Requirement): string {
  const { name, extras, specifier, marker, url, editable } = requirement;
  const condition = marker === null ? "" : ` ; ${marker}`;
  const asked = extras.length === 0 ? "" : `[${extras.join(",")}]`;
  if (editable && url !== null) return `-e ${url}${asked}${condition}`;
  if (url === null) return `${name}${asked}${specifier}${condition}`;
  return name === "" || !/^[a-z][a-z+]*:/iu.test(url)
    ? `${url}${asked}${condition}`
    : `${name}${asked} @ ${url}${condition}`;
}
