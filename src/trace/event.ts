/** No line of the hook is longer. */
export const eventLimitBytes = 16 * 1024;

/** One line of the hook (pyhook/EVENTS.md), checked for what every line has; each reader asks for its own keys. */
export class TraceEvent {
  readonly kind: string;
  readonly pid: number;
  /** Nanoseconds of the monotonic clock. */
  readonly time: number;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(kind: string, pid: number, time: number, fields: Readonly<Record<string, unknown>>) {
    this.kind = kind;
    this.pid = pid;
    this.time = time;
    this.#fields = fields;
  }

  /** A code object's file name and a line that counts from 1; null where no project frame was on the stack. */
  get at(): readonly [string, number] | null {
    const { at } = this.#fields;
    if (!Array.isArray(at)) return null;
    const [file, line] = at as unknown[];
    return typeof file === "string" && isCount(line) && line > 0 ? [withoutNul(file), line] : null;
  }

  text(key: string): string | null {
    const value = this.#fields[key];
    return typeof value === "string" ? withoutNul(value) : null;
  }

  count(key: string): number | null {
    const value = this.#fields[key];
    return isCount(value) ? value : null;
  }

  flag(key: string): boolean {
    return this.#fields[key] === true;
  }

  texts(key: string): readonly string[] {
    const list = this.#fields[key];
    return Array.isArray(list) ? list.filter((item) => typeof item === "string").map(withoutNul) : [];
  }
}

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
  return new TraceEvent(k, p, t, fields);
}

/** No path and no word of a process can hold one; the system refuses a path that does. */
const withoutNul = (text: string): string => (text.includes("\0") ? text.replaceAll("\0", "") : text);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
