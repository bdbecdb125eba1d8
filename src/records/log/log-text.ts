import type { LogEntry, LogHead } from "./entry.ts";

/** The head of a log as text: lines that begin with #. */
export function headText(head: LogHead): string {
  const seed = head.seed === null ? "no seed" : `seed ${head.seed}`;
  const commit =
    head.commit === null
      ? head.changed === null
        ? "not under Git"
        : "no commit yet"
      : `commit ${head.commit.slice(0, 12)}${changedText(head.changed ?? 0)}`;
  return [
    `# run ${head.run.slice(0, 8)} of ${head.command}: ${head.line}`,
    `# ${head.startedAt}, Python ${head.python}, ${head.environment}`,
    `# ${seed}${head.forceSeed ? " (forced)" : ""}, ${commit}`,
    "",
  ].join("\n");
}

function changedText(count: number): string {
  return count === 0 ? "" : ` and ${count} changed ${count === 1 ? "file" : "files"}`;
}

/** One entry as a line: time of day (UTC), severity, source, message, and where the code said it. */
export function entryText(entry: LogEntry): string {
  const { time, severity, source, message, logger, at } = entry;
  const named = logger === undefined || logger === "" ? "" : `${logger}: `;
  const place =
    at === undefined ? "" : `  (${at.file}${at.cell === null ? ":" : ` cell ${at.cell}, line `}${at.line})`;
  const text = `${named}${message}`.replaceAll("\n", "\n    ");
  return `${time.slice(11, 23)}  ${severity.toUpperCase().padEnd(8)}  ${source.padEnd(7)}  ${text}${place}\n`;
}
