import type { DistributionMetadata } from "../../environments/index.ts";
import type { Finding, Requirement } from "../../model/index.ts";
import type { LockContent } from "../artifact.ts";

/** A lock with what is known of the project and its packages: all that an export is written from. */
export interface ExportSource {
  /** The project's name. */
  readonly project: string;
  /** The lock's path, for what is said of it. */
  readonly lockPath: string;
  /** The lock as a pylock.toml, and what it holds: every artifact of an index with URL and sha256. */
  readonly pylock: string;
  readonly content: LockContent;
  /** The Python that it is for: "3.11", or "3.11.7". */
  readonly python: string;
  /** What the project runs with, conda packages among it. */
  readonly declared: readonly Requirement[];
  /** The name of the file that is written; null where the text is only given back. */
  readonly fileName: string | null;
  /** Conda channels that the project names. */
  readonly channels: readonly string[];
  /** Metadata by `name version`; empty for formats that do not ask for it. */
  readonly metadata: ReadonlyMap<string, DistributionMetadata>;
  /** Rung's own version. */
  readonly toolVersion: string;
}

export interface Exported {
  readonly text: string;
  /** What the format cannot say. */
  readonly findings: readonly Finding[];
}

/** One format that a lock is written out in, for other tools. The same source gives the same text. */
export interface ExportFormat {
  readonly id: "requirements" | "environment" | "cyclonedx" | "pylock";
  /** The name that its file usually has. */
  readonly fileName: string;
  /** True where `metadata` is to be fetched. */
  readonly wantsMetadata: boolean;
  readonly write: (source: ExportSource) => Exported;
}

export function defineExport(format: ExportFormat): ExportFormat {
  return format;
}
