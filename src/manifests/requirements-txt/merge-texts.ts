import type { RequirementsText } from "./read-requirements.ts";

/** What several readings found, in their order. */
export function mergeTexts(parts: readonly RequirementsText[]): RequirementsText {
  return {
    requirements: parts.flatMap((part) => part.requirements),
    constraints: parts.flatMap((part) => part.constraints),
    indexes: parts.flatMap((part) => part.indexes),
    findings: parts.flatMap((part) => part.findings),
  };
}
