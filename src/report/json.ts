import { printable } from "./printable.ts";

/**
 * A value as the JSON that goes to standard output: never decorated, one trailing newline. JSON itself escapes the
 * control characters below U+0020 alone; the others that a terminal acts on are escaped here, which JSON allows.
 */
export function renderJson(value: unknown): string {
  return `${printable(JSON.stringify(value, null, 2))}\n`;
}
