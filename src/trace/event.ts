/** One line of the hook (pyhook/EVENTS.md), checked for what every line has; each reader checks its own keys. */
export interface TraceEvent {
  readonly kind: string;
  readonly pid: number;
  /** Nanoseconds of the monotonic clock. */
  readonly time: number;
  /** A code object's file name and a line that counts from 1; null where no project frame was on the stack. */
  readonly at: readonly [string, number] | null;
  text(key: string): string | null;
  count(key: string): number | null;
  flag(key: string): boolean;
  texts(key: string): readonly string[];
}

/** No line of the hook is longer. */
export const eventLimitBytes = 16 * 1024;

/** Reads one line; null where it is no event. Never throws. */
export function parseEvent(line: string): TraceEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const { k, p, t } = fields;
  if (typeof k !== "string" || !isCount(p) || typeof t !== "number" || !(t >= 0)) return null;
  return {
    kind: k,
    pid: p,
    time: t,
    at: placeOf(fields["at"]),
    text: (key) => textOf(fields[key]),
    count: (key) => (isCount(fields[key]) ? (fields[key] as number) : null),
    flag: (key) => fields[key] === true,
    texts(key) {
      const list = fields[key];
      return Array.isArray(list) ? list.filter((item) => typeof item === "string").map(withoutNul) : [];
    },
  };
}

function placeOf(at: unknown): TraceEvent["at"] {
  if (!Array.isArray(at)) return null;
  const [file, line] = at as unknown[];
  return typeof file === "string" && isCount(line) && line > 0 ? [withoutNul(file), line] : null;
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? withoutNul(value) : null);
/** No path and no word of a process can hold one; the system refuses a path that does. */
const withoutNul = (text: string): string => text.replaceAll("\0", "");
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
