import { makeDirectory, monotonicToTime, now, writeScratch } from "../../system/index.ts";
import type { Places } from "../../trace/index.ts";
import type { LogEntry, LogHead, LogSeverity } from "./entry.ts";
import { removeDeadLive } from "./follow.ts";
import { inOrderOfTime, keepLog, liveFile, logFolder, type LogStore } from "./keep-log.ts";
import { programRecords, type ProgramRecords } from "./program-records.ts";
import { readSpokenLines, spokenEntries } from "./spoken-lines.ts";

/** The log of a run that goes on. */
export interface RunLog {
  /** The file that takes what the run prints, line by line: others may follow it meanwhile. */
  readonly lines: string;
  /** Sees the events of the run for what the program logged. */
  readonly see: ProgramRecords["see"];
  /** Rung's own word on the run, told now. */
  say(message: string, severity?: LogSeverity): void;
  /** Puts everything in order of time and keeps it; gives the blob's digest. */
  close(place: Places): Promise<string>;
}

/** Begins a log. The head stands in the file of lines at once, for who follows. */
export function openRunLog(store: LogStore, head: LogHead): RunLog {
  const lines = liveFile(store, head.run);
  makeDirectory(logFolder(store));
  removeDeadLive(store);
  writeScratch(lines, `${JSON.stringify({ head, pid: process.pid })}\n`, 0o600);
  const records = programRecords();
  const own: LogEntry[] = [];
  return {
    lines,
    see: (event) => records.see(event),
    say(message, severity = "info") {
      own.push({ time: now(), severity, source: "rung", message });
    },
    async close(place) {
      const timeOf = monotonicToTime();
      const spoken = (await readSpokenLines(lines)).map(spokenEntries(timeOf));
      const entries = inOrderOfTime([...spoken, ...records.entries(timeOf, place), ...own]);
      return keepLog(store, { head, entries });
    },
  };
}
