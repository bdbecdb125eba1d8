/**
 * A value as the JSON that goes to standard output: never decorated, one trailing newline. JSON itself escapes the
 * control characters below U+0020 only; those that a terminal acts on beside them are escaped too.
 */
export function renderJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replaceAll(/[\u007f-\u009f]/gu, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)}\n`;
}
