import type { Places, TraceEvent } from "../../trace/index.ts";
import { severities, type LogEntry, type LogSeverity } from "./entry.ts";

/** Gathers from a run's events what its log tells beside the lines that it printed. */
export interface ProgramRecords {
  see(event: TraceEvent): void;
  /** Python's logging records and warnings, and the generators that Rung seeded. */
  entries(timeOf: (moment: number) => number, place: Places): readonly LogEntry[];
}

/** More would be no log that anybody reads. */
const most = 200_000;

export function programRecords(): ProgramRecords {
  const events: TraceEvent[] = [];
  return {
    see(event) {
      const isTold = event.kind === "log" || (event.kind === "seed" && event.text("by") === "rung");
      if (isTold && events.length < most) events.push(event);
    },
    entries: (timeOf, place) =>
      events.map((event) => {
        const at = place(event.at);
        return {
          time: new Date(timeOf(event.time)).toISOString(),
          ...(event.kind === "log" ? logged(event) : seeded(event)),
          ...(at === null ? {} : { at }),
        };
      }),
  };
}

type Told = Pick<LogEntry, "severity" | "source" | "message" | "logger">;

function logged(event: TraceEvent): Told {
  const logger = event.text("lg") ?? "";
  const message = event.text("m") ?? "";
  const level = (event.text("lv") ?? "").toLowerCase();
  const severity = severities.find((name) => name === level) ?? "info";
  return { severity, source: isWarning(logger) ? "warning" : "logging", message, logger };
}

/** The hook names a warning by its category: a class, where loggers are named after modules. */
function isWarning(logger: string): boolean {
  return /^\w*Warning$/u.test(logger);
}

function seeded(event: TraceEvent): Told {
  const severity: LogSeverity = "info";
  const generator = event.text("g") ?? "";
  const forced = event.at === null ? "seeded with" : "was made without a seed, and got";
  return { severity, source: "rung", message: `${generator} ${forced} ${event.text("v") ?? ""}` };
}
