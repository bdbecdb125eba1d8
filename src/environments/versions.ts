import { satisfies } from "@renovatebot/pep440";

/**
 * Does a version satisfy a PEP 440 specifier set? Prereleases count as they stand: the question is about a version that
 * is there, not about which to choose. False where either cannot be read.
 */
export function satisfiesSpecifier(version: string, specifier: string): boolean {
  if (specifier.trim() === "" || specifier.trim() === "*") return true;
  return satisfies(padded(version, specifier), specifier, { prereleases: true });
}

/** "1" is "1.0" to PEP 440, and so within "==1.0.*": the release is filled up with zeros where a prefix asks for it. */
function padded(version: string, specifier: string): string {
  if (!specifier.includes("*") && !specifier.includes("~=")) return version;
  return version.replace(/^v?(\d+!)?(\d+(?:\.\d+)*)/u, (_all, epoch: string | undefined, release: string) => {
    const parts = release.split(".");
    while (parts.length < 6) parts.push("0");
    return (epoch ?? "") + parts.join(".");
  });
}
