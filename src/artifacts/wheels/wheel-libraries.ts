import path from "node:path";
import type { Entry, ZipFile } from "yauzl";
import { ToolError } from "../../model/index.ts";
import { createFile, exists, joinPath, makeDirectory } from "../../system/index.ts";
import { entriesOf } from "../archive/zip-entries.ts";
import type { FetchedArtifact } from "./fetch-artifacts.ts";

/** A compiled file of a wheel, unpacked. */
export interface WheelLibrary {
  /** "numpy 1.26.4" */
  readonly of: string;
  readonly path: string;
}

/**
 * Unpacks what is compiled in these wheels (names ending in .so or .so.N, and programs) below `folder`, each at the place
 * that it has beside the others when they are installed, so that what they need of the system can be read from them.
 * Throws ToolError DOWNLOAD_FAILED for what is no wheel, DISK_FULL or PATH_UNREADABLE.
 */
export async function unpackLibraries(
  wheels: readonly FetchedArtifact[],
  folder: string,
): Promise<readonly WheelLibrary[]> {
  const found: WheelLibrary[] = [];
  for (const wheel of wheels) {
    const of = `${wheel.artifact.name} ${wheel.artifact.version}`;
    for (const file of await unpackCompiled(wheel, folder)) found.push({ of, path: file });
  }
  return found;
}

async function unpackCompiled({ path: wheel, filename }: FetchedArtifact, folder: string): Promise<string[]> {
  // Most wheels hold Python alone, and say so in their name.
  if (filename.endsWith("-none-any.whl")) return [];
  const { openPromise } = await import("yauzl");
  const files: string[] = [];
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(wheel, { lazyEntries: true, autoClose: false });
    for await (const entry of entriesOf(zip)) {
      const name = entry.fileName;
      if (!/\.so(?:\.[\d.]+)?$|\.data\/scripts\/[^/]+$|\/bin\/[^/.]+$/u.test(name) || name.includes(".."))
        continue;
      const place = joinPath(folder, name.replace(/^[^/]+\.data\/(?:purelib|platlib)\//u, ""));
      if (exists(place)) continue;
      makeDirectory(path.dirname(place));
      await unpackEntry(zip, entry, place);
      files.push(place);
    }
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError("DOWNLOAD_FAILED", `${filename} is no wheel that can be read: ${String(error)}`, {
      cause: error,
    });
  } finally {
    zip?.close();
  }
  return files;
}

async function unpackEntry(zip: ZipFile, entry: Entry, place: string): Promise<void> {
  using file = createFile(place, 0o644);
  const stream = await zip.openReadStreamPromise(entry);
  for await (const piece of stream) file.write(piece as Buffer);
}
