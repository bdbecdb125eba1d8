import { z } from "zod";
import type { Command } from "./command.ts";
import type { CompareRule, Config } from "./config.ts";
import { locationSchema, type Finding } from "./finding.ts";
import type { Manifest } from "./manifest.ts";

/** A file of the project: path relative to its root (bytes that are not UTF-8 kept as lone surrogates), size in bytes. */
export interface ProjectFile {
  readonly path: string;
  readonly size: number;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly kind: "file" | "symlink";
  /** Milliseconds since the epoch, with fractions. */
  readonly mtimeMs: number;
}

/** What Git says of the tree; paths relative to the project's root. */
export const gitStateSchema = z
  .object({
    head: z.string().nullable(),
    branch: z.string().nullable(),
    tracked: z.array(z.string()).readonly(),
    modified: z.array(z.string()).readonly(),
    /** Neither tracked nor ignored: not part of what others get. */
    untracked: z.array(z.string()).readonly(),
  })
  .readonly();
export type GitState = z.infer<typeof gitStateSchema>;

export const pythonRequestSchema = z.object({ specifier: z.string(), location: locationSchema }).readonly();
export type PythonRequest = z.infer<typeof pythonRequestSchema>;

/** What a directory holds. Made by reading files only. */
export interface Project {
  /** Absolute path. */
  readonly root: string;
  readonly name: string;
  readonly config: Config;
  /** Path of rung.toml or pyproject.toml where the config was read from, else null. */
  readonly configFile: string | null;
  readonly files: readonly ProjectFile[];
  readonly manifests: readonly Manifest[];
  readonly commands: readonly Command[];
  /** The Python asked for, by the most specific statement found; null where none is. */
  readonly python: PythonRequest | null;
  readonly compareRules: readonly CompareRule[];
  /** README and the like. */
  readonly documents: readonly string[];
  readonly data: readonly string[];
  readonly git: GitState | null;
  /** Faults met while reading: broken files, contradictions. */
  readonly findings: readonly Finding[];
}
