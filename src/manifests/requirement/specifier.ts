const release = String.raw`v?(?:\d+!)?\d+(?:\.\d+)*`;
const suffixes =
  String.raw`(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?\d*)?` +
  String.raw`(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?`;
const local = String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`;

/** What may follow each operator, as PEP 440 says: no local versions in ranges, ".*" for equality alone. */
const clauses: readonly RegExp[] = [
  /^===[^\s;,)]+$/u,
  new RegExp(`^[=!]=(?:${release}(?:\\.\\*|${suffixes}${local}))$`, "iu"),
  new RegExp(String.raw`^~=v?(?:\d+!)?\d+(?:\.\d+)+${suffixes}$`, "iu"),
  new RegExp(`^(?:<=|>=|<|>)${release}${suffixes}$`, "iu"),
];
const clause = /^\s*(===|==|~=|!=|<=|>=|<|>)\s*(\S+)\s*$/u;

/** A specifier set as PEP 440 writes it, without blanks; null where it is not one. */
export function cleanSpecifier(text: string): string | null {
  const inner = /^\s*\((.*)\)\s*$/su.exec(text)?.[1] ?? text;
  if (inner.trim() === "") return "";
  const cleaned: string[] = [];
  const parts = inner.split(",");
  for (const [index, part] of parts.entries()) {
    if (part.trim() === "" && index === parts.length - 1) continue;
    const match = clause.exec(part);
    const said = `${match?.[1] ?? ""}${match?.[2] ?? ""}`;
    if (!clauses.some((pattern) => pattern.test(said))) return null;
    cleaned.push(said);
  }
  return cleaned.join(",");
}

/**
 * The specifier set that former installers read, from before PEP 440 was held to: ">=3.6.*" is ">=3.6", "=1.2" is
 * "==1.2". Null where neither they nor today's take the text.
 */
export function lenientSpecifier(text: string): string | null {
  const mended = text
    .replaceAll(/(~=|<=|>=|<|>)(\s*v?\d+(?:\.\d+)*)\.\*/gu, "$1$2")
    .replaceAll(/(?<![=<>!~])=(?=\s*\d)/gu, "==");
  return cleanSpecifier(text) ?? cleanSpecifier(mended);
}
