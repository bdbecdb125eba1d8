import { steering } from "./printable.ts";

/**
 * A value as the JSON that goes to standard output: never decorated, one trailing newline. JSON itself escapes the
 * control characters below U+0020 alone; the others that a terminal acts on are escaped here, as JSON allows.
 */
export function renderJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replaceAll(steering, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
