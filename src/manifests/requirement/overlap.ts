import { satisfiesSpecifier } from "./satisfies.ts";
import { cleanSpecifier } from "./specifier.ts";

/**
 * Whether some version satisfies all of these PEP 440 specifier sets; true where that cannot be told. The versions tried
 * are those that the sets name, and the Python versions from 2.7 to 3.30 where `isPython`.
 */
export function specifiersOverlap(specifiers: readonly string[], isPython = false): boolean {
  const sets = specifiers.filter((specifier) => specifier !== "");
  if (sets.length < 2 || sets.some((specifier) => cleanSpecifier(specifier) === null)) return true;
  const bounds = sets.flatMap((specifier) =>
    specifier.split(",").map((clause) => clause.replace(/^[<>=!~]+\s*/u, "").replace(/\.\*$/u, "")),
  );
  const releases = bounds.flatMap((bound) =>
    Array.from(bound.matchAll(/(?<![A-Za-z\d.+-])(?:\d+!)?\d+(?:\.\d+)*/gu), ([version]) => version),
  );
  const named = [...new Set(releases)];
  // Between and beside the versions named: the next patch, and the next at the last place.
  const near = named.flatMap((version) => [
    version,
    `${version}.0.1`,
    `${version}.0.0.0.1`,
    `${version}.99`,
    next(version),
    before(version),
  ]);
  const tried = [...bounds, ...near, ...(isPython ? pythons : [])];
  return tried.some((version) => sets.every((specifier) => satisfiesSpecifier(version, specifier)));
}

const pythons: readonly string[] = Array.from({ length: 31 }, (_, minor) =>
  [0, 1, 9, 50].map((micro) => `3.${minor}.${micro}`),
)
  .flat()
  .concat("2.7.18");

function next(version: string): string {
  return version.replace(/\d+$/u, (last) => String(Number(last) + 1));
}

function before(version: string): string {
  return version.replace(/\d+$/u, (last) => String(Math.max(0, Number(last) - 1)));
}
