/** What is handed over: which files of a project go into its archive, and the archive itself, byte for byte the same
 *  from the same tree on any machine. Unpacking treats every archive as hostile. */
export { secretByName } from "./archive/secret-files.ts";
export { TarFault, tarReader } from "./archive/tar-reader.ts";
export { projectMembers } from "./archive/archive-entry.ts";
export type { Content, Member, Part } from "./tree/member.ts";
export { selectFiles } from "./archive/select-files.ts";
export { unpackArchive } from "./archive/unpack-archive.ts";
export type { UnpackLimits } from "./archive/unpack-limits.ts";
export { writeArchive } from "./archive/write-archive.ts";
export type { ArchiveFormat, ArchiveRequest, WrittenArchive } from "./archive/write-archive.ts";
