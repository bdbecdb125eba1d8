import type { Divergence } from "./divergence.ts";
import type { Log, LogEntry, LogHead } from "./entry.ts";
import { entryText, headText } from "./log-text.ts";

/** Where two logs first differ, for people: what is known of either run, the line, and what stands around it. */
export function divergenceText(one: Log, other: Log, divergence: Divergence | null): string {
  const heads = `${headText(one.head)}${headText(other.head)}`;
  const known = knownDifferences(one.head, other.head).map((line) => `# ${line}\n`);
  if (divergence === null)
    return `${heads}${known.join("")}both say the same, times and what is volatile apart\n`;
  const { source, line, before, afterOne, afterOther } = divergence;
  return [
    heads,
    ...known,
    `first difference: line ${line} of ${source}\n`,
    ...before.map((entry) => `    ${entryText(entry)}`),
    `  A ${lineText(divergence.one)}`,
    `  B ${lineText(divergence.other)}`,
    ...afterOne.map((entry) => `    A ${entryText(entry)}`),
    ...afterOther.map((entry) => `    B ${entryText(entry)}`),
  ].join("");
}

function lineText(entry: LogEntry | null): string {
  return entry === null ? "(says no more)\n" : entryText(entry);
}

/** What the heads tell of why two runs may differ. */
function knownDifferences(one: LogHead, other: LogHead): readonly string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["command line", one.line, other.line],
    ["environment", one.environment, other.environment],
    ["Python", one.python, other.python],
    ["seed", one.seed ?? "none", other.seed ?? "none"],
    ["commit", one.commit ?? "none", other.commit ?? "none"],
  ];
  return pairs.flatMap(([name, a, b]) => (a === b ? [] : `${name}: ${String(a)} → ${String(b)}`));
}
