import type { Finding } from "./finding.ts";

/** Each finding once: the first of those that say the same of the same place. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, file, line, message }) => {
    const key = JSON.stringify([rule, file, line, message]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
