import type { DistributionMetadata, Progress } from "../environments/index.ts";
import { ToolError } from "../model/index.ts";
import { exportFormats } from "./exports/export-formats.ts";
import type { Exported, ExportFormat, ExportSource } from "./exports/export-format.ts";
import { readPylock } from "./formats/lock-formats.ts";
import { packageMetadata } from "./package-metadata.ts";

type ExportRequest = Omit<ExportSource, "content" | "metadata"> & {
  readonly format: ExportFormat["id"];
  /** What is installed in the project's own environment: what it says of itself need not be asked for. */
  readonly installed: readonly DistributionMetadata[];
};

/** Writes a lock, given as a pylock.toml, in another format. Throws ToolError USAGE for a format that is not known. */
export async function exportLock(request: ExportRequest, progress: Progress): Promise<Exported> {
  const format = exportFormats.find(({ id }) => id === request.format);
  if (format === undefined) throw unknownFormat(request.format);
  const content = readPylock(request.pylock, "pylock.toml");
  const metadata = format.wantsMetadata
    ? await packageMetadata(content, request.installed, progress)
    : new Map<string, DistributionMetadata>();
  return format.write({ ...request, content, metadata });
}

/** The format that a user names. Throws ToolError USAGE. */
export function exportFormatOf(name: unknown): ExportFormat["id"] {
  const format = exportFormats.find(({ id }) => id === name);
  if (format === undefined) throw unknownFormat(name);
  return format.id;
}

function unknownFormat(name: unknown): ToolError {
  return new ToolError("USAGE", `"${String(name)}" names no format of an export`, {
    hint: `Give --format ${exportFormats.map(({ id }) => id).join(", --format ")}.`,
  });
}
