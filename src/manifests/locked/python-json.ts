/**
 * A TOML value (integers as bigint) as the text that Python's json.dumps gives with sort_keys: what lock tools take their hash
 * of. `tight` leaves out the blanks after "," and ":".
 */
export function pythonJson(value: unknown, tight = false): string {
  const [comma, colon] = tight ? [",", ":"] : [", ", ": "];
  const write = (item: unknown): string => {
    if (item === null || item === undefined) return "null";
    if (typeof item === "string") return pythonString(item);
    if (typeof item === "number")
      return Number.isInteger(item) && Math.abs(item) < 1e16 ? item.toFixed(1) : String(item);
    if (Array.isArray(item)) return `[${item.map(write).join(comma)}]`;
    if (typeof item !== "object") return String(item);
    const entries = Object.entries(item).sort(([one], [other]) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other)),
    );
    return `{${entries.map(([key, each]) => `${pythonString(key)}${colon}${write(each)}`).join(comma)}}`;
  };
  return write(value);
}

/** Python escapes everything beyond ASCII. */
function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u{7f}-\u{10ffff}]/gu, (letter) =>
    letter.split("").map(escapeUnit).join(""),
  );
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
