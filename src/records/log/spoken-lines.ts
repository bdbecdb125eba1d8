import { readLines } from "../../trace/watching.ts";
import { exists } from "../../system/index.ts";
import type { LogEntry, LogSeverity } from "./entry.ts";

/** No line of the relay is longer: 8,192 characters, six bytes each where escaped. */
const lineLimitBytes = 64 * 1024;

/** One line that a run printed, with its moment of the monotonic clock. */
export interface SpokenLine {
  readonly moment: number;
  readonly source: "stdout" | "stderr" | "rung";
  readonly message: string;
}

/** Reads one line of the relay's file (sandbox/relay/relay_output.py); null where it is none. Never throws. */
export function parseSpokenLine(line: string): SpokenLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { t, s, m } = value as Readonly<Record<string, unknown>>;
  const isSource = s === "stdout" || s === "stderr" || s === "rung";
  if (typeof t !== "number" || !isSource || typeof m !== "string") return null;
  return { moment: t, source: s, message: m };
}

/** What a run printed, line by line, from the relay's file. */
export async function readSpokenLines(file: string): Promise<readonly SpokenLine[]> {
  if (!exists(file)) return [];
  const lines: SpokenLine[] = [];
  await readLines(file, lineLimitBytes, (text) => {
    const line = parseSpokenLine(text);
    if (line !== null) lines.push(line);
  });
  return lines;
}

/**
 * Makes entries of lines as they come, with their times and severities: a traceback on standard error, to the line that
 * names the exception, is an error.
 */
export function spokenEntries(timeOf: (moment: number) => number): (line: SpokenLine) => LogEntry {
  let inTraceback = false;
  return ({ moment, source, message }) => {
    let severity: LogSeverity = "info";
    if (source === "stderr") {
      const isHead = message.startsWith("Traceback (most recent call last)");
      if (isHead) inTraceback = true;
      if (inTraceback) severity = "error";
      // The first line that is not indented, after the head, names the exception and ends it.
      if (!isHead && /^\w/u.test(message)) inTraceback = false;
    }
    return { time: new Date(timeOf(moment)).toISOString(), severity, source, message };
  };
}
