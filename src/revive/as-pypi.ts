import { onIndex, toPypiRequirement } from "../manifests/index.ts";
import type { Requirement } from "../model/index.ts";

/** A requirement with its name on the Python index. */
export interface OnIndex {
  readonly name: string;
  /** PEP 508. */
  readonly text: string;
}

/**
 * A requirement as the Python index is asked for it; null for what it does not hold: Python itself, libraries and tools
 * of conda, and paths of the machine.
 */
export function asPypi(requirement: Requirement): OnIndex | null {
  const { name, editable, url } = requirement;
  if (name === "" || editable || (url !== null && !/^[a-z+]+:\/\//iu.test(url))) return null;
  const found = onIndex(requirement);
  return found === null ? null : { name: found.name, text: toPypiRequirement(found) ?? found.name };
}
