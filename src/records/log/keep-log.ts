import { zstdCompressSync } from "node:zlib";
import type { BlobBatch, Store } from "../../store/index.ts";
import { joinPath, removeTree, writeScratch } from "../../system/index.ts";
import type { Log, LogEntry } from "./entry.ts";
import { entryText, headText } from "./log-text.ts";

/** Where a log is kept: its blob among others of the run. */
export interface LogStore extends Pick<Store, "directory"> {
  readonly blobs: Pick<BlobBatch, "put">;
}

/** Where the logs of a store lie as text, a file for each run. */
export function logFolder(store: Pick<Store, "directory">): string {
  return joinPath(store.directory, "logs");
}

function logFile(store: Pick<Store, "directory">, run: string): string {
  return joinPath(logFolder(store), `${run}.log`);
}

/** Where a run that goes on leaves its lines as they come; gone once its log is kept. */
export function liveFile(store: Pick<Store, "directory">, run: string): string {
  return joinPath(logFolder(store), `${run}.live.jsonl`);
}

/** Keeps a log as readable text in the store's folder and as a blob; gives the blob's digest. */
export function keepLog(store: LogStore, log: Log): string {
  // The blob is the record: for the text nobody waits until it is on the disk.
  writeScratch(logFile(store, log.head.run), `${headText(log.head)}${log.entries.map(entryText).join("")}`);
  const lines = [log.head, ...log.entries].map((line) => JSON.stringify(line));
  const digest = store.blobs.put(zstdCompressSync(Buffer.from(`${lines.join("\n")}\n`)));
  removeTree(liveFile(store, log.head.run));
  return digest;
}

/** Entries of several sources as one sequence, in order of time; those of one moment keep the order that they are in. */
export function inOrderOfTime(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
