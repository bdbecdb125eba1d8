import { valid } from "@renovatebot/pep440";

const head = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?/u;
const clause = /(===|==|~=|!=|<=|>=|<|>)\s*([^\s,;<>=!~()"']+)/gu;

/**
 * A Requires-Dist field of the years before PEP 440 as PEP 508 writes it; null where it names no package. A version that
 * is none any more counts by the longest part of it that is one: "pytz (>=2011k)" becomes "pytz>=2011".
 */
export function repairRequirement(text: string): string | null {
  const found = head.exec(text);
  if (found === null) return null;
  const rest = text.slice(found[0].length);
  const semicolon = rest.indexOf(";");
  const specifier = semicolon === -1 ? rest : rest.slice(0, semicolon);
  const marker = semicolon === -1 ? "" : rest.slice(semicolon + 1).trim();
  if (specifier.trim().startsWith("@")) return text.trim();
  const clauses = Array.from(specifier.matchAll(clause), ([, operator = "", version = ""]) =>
    repairClause(operator, version),
  ).filter((one) => one !== null);
  const name = `${found[1] ?? ""}${found[2] ?? ""}`;
  return `${name}${clauses.join(",")}${marker === "" ? "" : ` ; ${marker}`}`;
}

function repairClause(operator: string, version: string): string | null {
  if (operator === "===") return `${operator}${version}`;
  const prefix = version.endsWith(".*") ? version.slice(0, -2) : version;
  if (valid(prefix) !== null && valid(prefix) !== undefined) {
    const takesPrefix = operator === "==" || operator === "!=";
    return `${operator}${prefix === version || !takesPrefix ? prefix : version}`;
  }
  const readable = /^v?\d+(?:\.\d+)*/u.exec(version)?.[0];
  if (readable === undefined || operator === "!=") return null;
  // What exactly was meant cannot be said any more, only from where on.
  return `${operator === "==" || operator === "~=" || operator === ">" ? ">=" : operator}${readable}`;
}
