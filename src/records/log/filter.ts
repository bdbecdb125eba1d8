import { severities, type LogEntry, type LogSeverity, type LogSource } from "./entry.ts";

/** Which entries of a log are shown; what is left out lets all pass. */
export interface LogFilter {
  /** This severity and those above it. */
  readonly level?: LogSeverity;
  readonly source?: LogSource;
  /** A text that the message holds, in any case of letters. */
  readonly text?: string;
}

export function passes({ severity, source, message }: LogEntry, filter: LogFilter): boolean {
  if (filter.level !== undefined && severities.indexOf(severity) < severities.indexOf(filter.level))
    return false;
  if (filter.source !== undefined && source !== filter.source) return false;
  return filter.text === undefined || message.toLowerCase().includes(filter.text.toLowerCase());
}
