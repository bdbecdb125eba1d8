/** From least to most severe, as Python's logging names them. */
export const severities = ["debug", "info", "warning", "error", "critical"] as const;
export type LogSeverity = (typeof severities)[number];

/** What spoke: the program's own streams, its logging and warnings as Python made them, and Rung. */
export const logSources = ["stdout", "stderr", "logging", "warning", "rung"] as const;
export type LogSource = (typeof logSources)[number];

/** One message of a run. */
export interface LogEntry {
  /** ISO 8601 in UTC, with milliseconds. */
  readonly time: string;
  readonly severity: LogSeverity;
  readonly source: LogSource;
  readonly message: string;
  /** The logger's name, or the warning's category. */
  readonly logger?: string;
  /** Where the code said it: a path relative to the root, and a line (of `cell`, in a notebook). */
  readonly at?: { readonly file: string; readonly line: number; readonly cell: number | null };
}

/** What a log begins with. */
export interface LogHead {
  readonly run: string;
  readonly command: string;
  /** The shell line with its words. */
  readonly line: string;
  readonly startedAt: string;
  readonly environment: string;
  readonly python: string;
  readonly seed: number | null;
  readonly forceSeed: boolean;
  readonly commit: string | null;
  /** How many files differ from the commit; null without Git. */
  readonly changed: number | null;
}

export interface Log {
  readonly head: LogHead;
  readonly entries: readonly LogEntry[];
}
