import { saysTheSame } from "../../compare/index.ts";
import type { Log, LogEntry, LogSource } from "./entry.ts";

/** Where two runs of a command first said another thing. Lines count from 1 within their source. */
export interface Divergence {
  readonly source: LogSource;
  readonly line: number;
  /** Null where that run had ended to speak. */
  readonly one: LogEntry | null;
  readonly other: LogEntry | null;
  /** The entries before it in either run, the last three. */
  readonly before: readonly LogEntry[];
  /** The entries after it. */
  readonly afterOne: readonly LogEntry[];
  readonly afterOther: readonly LogEntry[];
}

const context = 3;
const compared: readonly LogSource[] = ["stdout", "logging", "warning", "stderr"];

/**
 * The first line in which two logs differ, the earliest by the first run's clock; null where all say the same. Each source
 * is followed by itself, since how they lie beside each other is chance; times and what is volatile do not count.
 */
export function firstDivergence(one: Log, other: Log, workPaths: readonly string[]): Divergence | null {
  const found = compared.flatMap((source) => inSource(source, one, other, workPaths) ?? []);
  const timeOf = ({ one: first, other: second }: Divergence): string => (first ?? second)?.time ?? "";
  // A later run's clock is another one: only what the first run said has a place in its order.
  const [first] = found.toSorted(
    (a, b) => Number(a.one === null) - Number(b.one === null) || (timeOf(a) < timeOf(b) ? -1 : 1),
  );
  return first ?? null;
}

function inSource(source: LogSource, one: Log, other: Log, workPaths: readonly string[]): Divergence | null {
  const [left, right] = [one, other].map(({ entries }) => entries.filter((entry) => entry.source === source));
  if (left === undefined || right === undefined) return null;
  const most = Math.max(left.length, right.length);
  for (let index = 0; index < most; index += 1) {
    const [a, b] = [left[index] ?? null, right[index] ?? null];
    if (a !== null && b !== null && same(a, b, workPaths)) continue;
    return {
      source,
      line: index + 1,
      one: a,
      other: b,
      before: left.slice(Math.max(0, index - context), index),
      afterOne: left.slice(index + 1, index + 1 + context),
      afterOther: right.slice(index + 1, index + 1 + context),
    };
  }
  return null;
}

function same(a: LogEntry, b: LogEntry, workPaths: readonly string[]): boolean {
  return (
    a.severity === b.severity &&
    a.logger === b.logger &&
    saysTheSame(withoutTimes(a.message), withoutTimes(b.message), workPaths)
  );
}

/** When a message was said is in it with most ways of logging; that differs in every two runs. */
function withoutTimes(message: string): string {
  return message.replaceAll(/(?:\b\d{4}-\d\d-\d\d[ T])?\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\b/gu, "(time)");
}
