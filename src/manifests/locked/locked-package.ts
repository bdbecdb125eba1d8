import type { Finding, Manifest, Requirement } from "../../model/index.ts";

/** A file that a lock names for a package, as far as it says. */
export interface LockedFile {
  /** "" where the lock names it by URL or hash alone. */
  readonly name: string;
  /** An address, or a path for a file beside the project; "" where the lock has none. */
  readonly url: string;
  /** "sha256:" (or another algorithm) and the digest; of more than one where the lock has several. */
  readonly hashes: readonly string[];
  /** Bytes. */
  readonly size?: number;
  /** Where the lock says so itself; else its name tells. */
  readonly kind?: "wheel" | "sdist";
}

/** A package of a lock as who installs it needs it: beside the requirement, where it comes from and its files. */
export interface LockedPackage {
  readonly requirement: Requirement;
  /** "archive": one file at an address or path of its own, which no index serves. */
  readonly source: "index" | "archive" | "vcs" | "directory";
  /** Those of a repository or a folder, if any, say nothing of what is built from it. */
  readonly files: readonly LockedFile[];
  /** The index that the lock names for it; null: any. */
  readonly index: string | null;
}

/** What a lock holds for what the project itself runs with: neither extras nor groups. */
export interface LockedPackages {
  readonly packages: readonly LockedPackage[];
  /** Markers of the environments that it is for (PEP 751); empty: any. */
  readonly environments: readonly string[];
  /** The indexes that it names for all of its packages. */
  readonly indexes: readonly string[];
  /** Specifier set of the Pythons that it is for; null where it does not say. */
  readonly requiresPython: string | null;
  /** Faults for which nothing can be installed from it. */
  readonly findings: readonly Finding[];
}

/** Of the packages, those that the project itself runs with; what a format does not say is left out. */
export function lockedPackages(
  packages: readonly LockedPackage[],
  {
    python,
    ...said
  }: Pick<LockedPackages, "findings"> &
    Partial<Pick<LockedPackages, "environments" | "indexes">> & { readonly python: Manifest["python"] },
): LockedPackages {
  return {
    packages: packages.filter(({ requirement }) => requirement.group === ""),
    environments: [],
    indexes: [],
    requiresPython: python?.specifier ?? null,
    ...said,
  };
}

/** The hashes of all files of a package, in their order. */
export const hashesOf = (files: readonly LockedFile[]): readonly string[] =>
  files.flatMap(({ hashes }) => hashes);
