/** Characters that steer a terminal: controls (but line breaks and tabs), and those that turn the direction of writing. */
export const steering = /[[\p{Cc}\u202a-\u202e\u2066-\u2069]--[\n\t]]/gv;

/** Text of the examined project as a terminal may show it: control characters and those that turn the direction of
 *  writing are spelled out, so that a file's name can neither move the cursor nor hide what stands beside it. */
export function printable(text: string): string {
  return text.replaceAll(steering, (char) => {
    const code = char.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** A plain record with every text in it made printable. */
export function printableRecord<T>(record: T): T {
  return JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    typeof value === "string" ? printable(value) : value,
  ) as T;
}
