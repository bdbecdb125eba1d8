/** The fields of core metadata (METADATA, PKG-INFO) by lower-case name. The description after the first blank line is
 *  left out, and continued lines are joined. */
export function metadataHeaders(text: string): (field: string) => readonly string[] {
  const [head = ""] = text.replaceAll("\r\n", "\n").split("\n\n");
  const lines = head.replaceAll(/\n[ \t]+/gu, " ").split("\n");
  return (field) =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).trim());
}
