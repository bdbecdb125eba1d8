/**
 * Whether a YAML text lists packages below a `dependencies:` at the left margin, as environment files do. Charts, recipes
 * and other tools' files have tables there, or lists of tables.
 */
export function listsPackages(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/u);
  const at = lines.findIndex((line) => /^["']?dependencies["']?\s*:/u.test(line));
  if (at === -1) return false;
  const beside = (lines[at] ?? "").replace(/^[^:]*:/u, "").trim();
  if (beside.startsWith("[") || beside.startsWith("*")) return true;
  const first = lines.slice(at + 1).find((line) => !/^\s*(?:#.*)?$/u.test(line));
  const item = /^\s*-\s+["']?([^\s"'].*)$/u.exec(first ?? "")?.[1];
  return (
    item !== undefined && (/^(?:pip|sel\([\w-]+\))\s*:/u.test(item) || !/^[\w.-]+\s*:(?:\s|$)/u.test(item))
  );
}
