/** A package of an index (deb-control(5), Debian policy 5), as far as fetching it needs to know. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** Of the file, below the mirror. */
  readonly filename: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** One list of alternatives for each thing that it depends on. */
  readonly depends: readonly (readonly string[])[];
}

/** The sha256 that a signed Release file states for one of the files below it; null where it names none. */
export function hashInRelease(release: string, path: string): string | null {
  const section = /^SHA256:\s*\n((?:[ \t].*\n)+)/mu.exec(release)?.[1] ?? "";
  for (const line of section.split("\n")) {
    const [hash, , name] = line.trim().split(/\s+/u);
    if (name === path && hash !== undefined && /^[0-9a-f]{64}$/u.test(hash)) return hash;
  }
  return null;
}

/** The paragraphs of a Packages file by name, each read when it is asked for. */
export function packageIndex(bytes: Buffer): (name: string) => DebianPackage | null {
  const head = "Package: ";
  const starts = new Map<string, number>();
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf("\n", at + head.length);
    const name = bytes.toString("latin1", at, end === -1 ? bytes.length : end);
    if (name.startsWith(head) && !starts.has(name)) starts.set(name, at);
    const next = bytes.indexOf("\n\n", at);
    at = next === -1 ? bytes.length : next + 2;
  }
  return (name) => {
    const at = starts.get(head + name);
    if (at === undefined) return null;
    const end = bytes.indexOf("\n\n", at);
    return readPackage(bytes.toString("utf8", at, end === -1 ? bytes.length : end));
  };
}

function readPackage(paragraph: string): DebianPackage | null {
  const fields = new Map(
    paragraph.split("\n").flatMap((line): [string, string][] => {
      const colon = line.indexOf(": ");
      return colon <= 0 || line.startsWith(" ") ? [] : [[line.slice(0, colon), line.slice(colon + 2).trim()]];
    }),
  );
  const of = (name: string): string => fields.get(name) ?? "";
  const [filename, sha256] = [of("Filename"), of("SHA256")];
  if (!/^[0-9a-f]{64}$/u.test(sha256) || filename === "" || filename.split("/").includes("..")) return null;
  return {
    name: of("Package"),
    version: of("Version"),
    filename,
    sha256,
    size: Number(of("Size")),
    depends: [of("Pre-Depends"), of("Depends")]
      .flatMap((list) => list.split(","))
      .filter((one) => one.trim() !== "")
      .map((one) => one.split("|").map((name) => name.trim().replace(/[\s:([].*$/su, ""))),
  };
}

/**
 * These packages and all that they depend on, as far as `isWanted` lets a dependency in, in the order of their names.
 * Of alternatives the first that there is counts; versions are not compared, since one release's packages fit.
 */
export function withDependencies<P extends DebianPackage>(
  names: readonly string[],
  find: (name: string) => P | null,
  isWanted: (name: string) => boolean,
): { readonly packages: readonly P[]; readonly missing: readonly string[] } {
  const packages = new Map<string, P>();
  const missing = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (packages.has(name) || missing.has(name)) continue;
    const found = find(name);
    if (found === null) {
      missing.add(name);
      continue;
    }
    packages.set(name, found);
    for (const alternatives of found.depends) {
      const chosen = alternatives.find((one) => packages.has(one) || find(one) !== null) ?? alternatives[0];
      if (chosen !== undefined && isWanted(chosen)) waiting.push(chosen);
    }
  }
  const sorted = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { packages: sorted, missing: [...missing].sort() };
}
