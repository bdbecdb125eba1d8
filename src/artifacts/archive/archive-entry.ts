import path from "node:path";
import { ToolError, type ProjectFile } from "../../model/index.ts";
import { joinPath, openRead, readLink, toNative, type FileReader } from "../../system/index.ts";
import { bytesReader } from "../tree/bytes-reader.ts";
import type { Content, Member } from "../tree/member.ts";

/** One member of an archive that is being written: its name, top folder included, as bytes. */
export interface ArchiveEntry extends Omit<Member, "path"> {
  readonly name: Buffer;
}

/** These files as members: 0o755 where the owner may execute one, since the rest depends on the umask of whoever made it. */
export function projectMembers(root: string, files: readonly ProjectFile[]): readonly Member[] {
  return files.map((file) => ({
    path: file.path,
    kind: file.kind,
    mode: (file.mode & 0o100) === 0 ? 0o644 : 0o755,
    content: { path: joinPath(root, file.path) },
  }));
}

/** The members below one top folder, or at the top where it is null, in the order of their names' bytes. */
export function archiveEntries(
  members: readonly Member[],
  topFolder: string | null,
  output: string,
): readonly ArchiveEntry[] {
  if (topFolder !== null && (/^\.{0,2}$/u.test(topFolder) || /[/\\\0]/u.test(topFolder))) {
    throw new ToolError("USAGE", `"${topFolder}" cannot be the name of an archive's top folder`, {
      hint: "Use a plain name without slashes.",
    });
  }
  const own = path.resolve(output);
  return members
    .filter(({ content }) => content === null || !("path" in content) || content.path !== own)
    .map(({ path: name, ...rest }) => ({ ...rest, name: nameBytes(joinPath(topFolder ?? "", name)) }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
}

function nameBytes(name: string): Buffer {
  const native = toNative(name);
  return typeof native === "string" ? Buffer.from(native, "utf8") : native;
}

/** The bytes of a file, in order; its owner disposes of it. */
export function openContent({ content }: ArchiveEntry): Pick<FileReader, "size" | "read"> & Disposable {
  if (content !== null && "path" in content) return openRead(content.path);
  return bytesReader(content?.bytes ?? Buffer.alloc(0));
}

/** Where a symbolic link leads. */
export function linkTarget(content: Content | null): Buffer {
  if (content === null) return Buffer.alloc(0);
  return "path" in content ? readLink(content.path) : content.bytes;
}

/** For a file that got shorter while it was read. */
export function changedMeanwhile({ content }: ArchiveEntry): ToolError {
  const source = content !== null && "path" in content ? content.path : "a file";
  return new ToolError("PATH_UNREADABLE", `${source} changed while it was being archived`, {
    hint: "Let what writes to the project finish, then run the same command again.",
  });
}
