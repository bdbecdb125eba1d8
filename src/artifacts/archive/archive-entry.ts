import path from "node:path";
import { ToolError, type ProjectFile } from "../../model/index.ts";
import { joinPath, toNative } from "../../system/index.ts";

/** One member of an archive that is being written. */
export interface ArchiveEntry {
  /** The name in the archive, top folder included, as bytes. */
  readonly name: Buffer;
  /** Absolute path of the file whose content or link it takes. */
  readonly source: string;
  readonly kind: "file" | "symlink";
  /** 0o755 where the owner may execute it, else 0o644: the rest depends on the umask of whoever made the file. */
  readonly mode: number;
}

/** The members for these files below one top folder, or at the top where it is null, in the order of their names' bytes. */
export function archiveEntries(
  root: string,
  topFolder: string | null,
  files: readonly ProjectFile[],
  output: string,
): readonly ArchiveEntry[] {
  if (topFolder !== null && (/^\.{0,2}$/u.test(topFolder) || /[/\\\0]/u.test(topFolder))) {
    throw new ToolError("USAGE", `"${topFolder}" cannot be the name of an archive's top folder`, {
      hint: "Use a plain name without slashes.",
    });
  }
  const entries = files.map((file) => ({
    name: nameBytes(joinPath(topFolder ?? "", file.path)),
    source: joinPath(root, file.path),
    kind: file.kind,
    mode: (file.mode & 0o100) === 0 ? 0o644 : 0o755,
  }));
  const own = path.resolve(output);
  return entries.filter((entry) => entry.source !== own).sort((a, b) => Buffer.compare(a.name, b.name));
}

function nameBytes(name: string): Buffer {
  const native = toNative(name);
  return typeof native === "string" ? Buffer.from(native, "utf8") : native;
}

/** For a file that got shorter while it was read. */
export function changedMeanwhile(source: string): ToolError {
  return new ToolError("PATH_UNREADABLE", `${source} changed while it was being archived`, {
    hint: "Let what writes to the project finish, then run the same command again.",
  });
}
