import type { Finding } from "../model/index.ts";

/** One file (or tree) that a lock names. `sha256` is "" where the lock gives none; `line` counts from 1. */
export interface LockedArtifact {
  /** Normalised as PEP 503 says. */
  readonly name: string;
  /** "" where the lock gives none (a directory). */
  readonly version: string;
  /** "" where only the hash is known, as in a requirements file. */
  readonly url: string;
  readonly filename: string;
  readonly sha256: string;
  /** Bytes; null where the lock does not say. */
  readonly size: number | null;
  /** "file": known by its hash alone, a wheel or an sdist. */
  readonly kind: "wheel" | "sdist" | "vcs" | "directory" | "file";
  /** When the package is wanted (PEP 508); null: always. */
  readonly marker: string | null;
  readonly line: number;
  /** The index that the lock names for it; the owner's own where left out. */
  readonly index?: string;
}

/** A lock as data, whatever its format. */
export interface LockContent {
  /** Specifier set of the Pythons that it is for; null where it does not say. */
  readonly requiresPython: string | null;
  /** Markers of the environments that it is for; empty: any. */
  readonly environments: readonly string[];
  readonly artifacts: readonly LockedArtifact[];
  /** Indexes that the lock names beside the owner's. */
  readonly indexes?: readonly string[];
  readonly findings: readonly Finding[];
}
