import { ToolError } from "../../model/index.ts";
import type * as logs from "../../records/logs.ts";
import type { LogEntry, LogFilter, LogHead } from "../../records/logs.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand, type Invocation } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { runsAndFolder } from "../two-runs.ts";

export const log = defineCommand({
  name: "log",
  arguments: "<run> [other] [dir]",
  options: [
    {
      flags: "--level <severity>",
      description: "this severity and above: debug, info, warning, error, critical",
    },
    { flags: "--source <source>", description: "what spoke: stdout, stderr, logging, warning or rung" },
    { flags: "--grep <text>", description: "messages that hold this text" },
    { flags: "--follow", description: "a run that goes on, line by line until it ends" },
  ],
  examples: [
    "rung log train",
    "rung log 54e57e13 --level warning",
    "rung log train --follow",
    "rung log 54e57e13 9f39966a",
  ],
  json: true,
  async run(invocation) {
    const { words, options, console } = invocation;
    const { runs, directory } = runsAndFolder(words);
    const [which, other] = runs;
    if (which === undefined) throw new ToolError("USAGE", "Which run?", { hint: "rung log RUN [OTHER]" });
    const records = await import("../../records/logs.ts");
    if (other !== undefined) {
      const { one, other: second, divergence } = records.comparedLogs(directory, which, other);
      if (console.json)
        console.print(renderJson({ schemaVersion: 1, one: one.head, other: second.head, divergence }));
      else console.print(printable(records.divergenceText(one, second, divergence)));
      return divergence === null ? exitCodes.met : exitCodes.unmet;
    }
    const filter = filterOf(options, records);
    const show = (entry: LogEntry): void => {
      if (!records.passes(entry, filter)) return;
      console.print(console.json ? `${JSON.stringify(entry)}\n` : printable(records.entryText(entry)));
    };
    if (options["follow"] === true) {
      const onHead = (head: LogHead): void =>
        console.print(console.json ? `${JSON.stringify(head)}\n` : printable(records.headText(head)));
      if (await records.followLog(directory, which, onHead, show)) return exitCodes.met;
    }
    const found = records.logOf(directory, which);
    if (console.json && options["follow"] !== true)
      console.print(
        renderJson({
          schemaVersion: 1,
          ...found,
          entries: found.entries.filter((entry) => records.passes(entry, filter)),
        }),
      );
    else {
      console.print(printable(records.headText(found.head)));
      for (const entry of found.entries) show(entry);
    }
    return exitCodes.met;
  },
});

/** The lists that the options are held against are loaded with the records, not before. */
type Records = Pick<typeof logs, "logSources" | "severities">;

function filterOf(options: Invocation["options"], { logSources, severities }: Records): LogFilter {
  const { level, source, grep } = options;
  const severity = severities.find((name) => name === level);
  const spoken = logSources.find((name) => name === source);
  if (level !== undefined && severity === undefined)
    throw new ToolError("USAGE", `--level: "${String(level)}" is no severity`, {
      hint: `One of ${severities.join(", ")}.`,
    });
  if (source !== undefined && spoken === undefined)
    throw new ToolError("USAGE", `--source: "${String(source)}" is no source`, {
      hint: `One of ${logSources.join(", ")}.`,
    });
  return {
    ...(severity === undefined ? {} : { level: severity }),
    ...(spoken === undefined ? {} : { source: spoken }),
    ...(typeof grep === "string" ? { text: grep } : {}),
  };
}
