/**
 * Text for a terminal: control characters (C0 but for line feed and tab, DEL, C1) and the marks that turn the direction
 * of writing are spelled out as \u escapes, since what comes from the examined project could else move the cursor,
 * rename the window or hide a line (ECMA-48; Unicode TR 36).
 */
export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/** A record with every text in it printable. */
export function allPrintable<T>(value: T): T {
  if (typeof value === "string") return printable(value) as T;
  if (Array.isArray(value)) return value.map(allPrintable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, allPrintable(inner)])) as T;
}
