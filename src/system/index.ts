/** The only door to files, processes, the clock and the machine.
 *  Everything that can fail here fails as a ToolError with a hint, or as a value. */
export { cacheDirectory } from "./cache-directory.ts";
export { daysBetween, monotonicToTime, now } from "./clock.ts";
export {
  contentState,
  entryKind,
  fileSize,
  findProgram,
  isRoot,
  makeHardLink,
  makeLink,
  moveEntry,
  readRange,
  readTail,
  realPath,
  setMode,
  setModified,
  setOwner,
  touch,
} from "./entries.ts";
export { isEnvironmentFolder } from "./environment-folder.ts";
export { withExclusive } from "./exclusive.ts";
export {
  canWrite,
  copyEntry,
  copyFileAtomic,
  createOnce,
  diskFull,
  exists,
  hashFile,
  isDirectory,
  isDiskFull,
  listNames,
  lookUp,
  makeDirectory,
  readBytes,
  readLink,
  readText,
  removeTree,
  sha256,
  writeAtomic,
  writeFailure,
  writeScratch,
} from "./files.ts";
export { createAtomic, createFile, openRead } from "./file-streams.ts";
export { boundedBody, exchange } from "./exchange.ts";
export { fetchFile } from "./fetch-file.ts";
export type { AtomicFile, FileReader, FileWriter } from "./file-streams.ts";
export { onInterruption, settleInterruption } from "./interruption.ts";
export { folderSize, lastUse } from "./folder-size.ts";
export { lookUpOnce } from "./look-up-once.ts";
export { download, fetchJson, fetchPage, fetchTail, isPassing, withoutSecrets } from "./network.ts";
export type { Page } from "./network.ts";
export { decodeName, isInside, joinPath, toNative } from "./paths.ts";
export { endAllProcesses, runProcess } from "./process.ts";
export type { ProcessOptions, ProcessResult } from "./process.ts";
export { shellLine, shellQuote } from "./shell-quote.ts";
export { isAlive, lentPrefix, removeTemporaries, temporaryDirectory } from "./temporary.ts";
export { listTree } from "./tree.ts";
export type { TreeEntry, TreeListing } from "./tree.ts";
export { treeState } from "./tree-state.ts";
export { writeOutput } from "./write-output.ts";
