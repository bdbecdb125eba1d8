import type { LockedArtifact } from "../artifact.ts";

type Named = Pick<LockedArtifact, "name" | "version" | "marker" | "line">;

/** A file of a release, its kind told by its name; "file" where it has none. */
export function lockedFile(
  file: Named &
    Pick<LockedArtifact, "filename" | "sha256" | "url"> & { readonly size?: number; readonly index?: string },
): LockedArtifact {
  return { ...file, size: file.size ?? null, kind: kindOfFile(file.filename) ?? "file" };
}

/** A tree that is built: a commit of a repository, or a folder. */
export function lockedSource(named: Named, kind: "vcs" | "directory", url: string): LockedArtifact {
  return { ...named, kind, url, filename: "", sha256: "", size: null };
}

/** Null for what no installer takes (eggs, Windows installers), and for no name. */
export function kindOfFile(filename: string): "wheel" | "sdist" | null {
  if (filename.endsWith(".whl")) return "wheel";
  return /\.(?:tar\.(?:gz|bz2|xz|Z)|tgz|zip)$/u.test(filename) ? "sdist" : null;
}
