import type { Node } from "web-tree-sitter";

/** The value of a string literal without escapes or interpolations; null where it is not as plain as that. */
export function plainString(node: Node, source: string): string | null {
  if (node.type !== "string") return null;
  const match = /^([rRuU]?)("""|'''|"|')([\s\S]*)\2$/u.exec(source.slice(node.startIndex, node.endIndex));
  if (match === null) return null;
  const [, prefix, , body] = match;
  if (body === undefined) return null;
  if (!body.includes("\\") || prefix?.toLowerCase() === "r") return body;
  return body.includes("\\\\") ? body.replaceAll("\\\\", "\\") : null;
}

const roots =
  "home|Users|mnt|data|datasets|tmp|var|opt|srv|media|Volumes|scratch|work|workspace|root|usr|etc|gpfs|lustre|nfs|storage|content|kaggle|projects?|cluster|net|run|private";
const pathPattern = new RegExp(
  String.raw`^(?:/(?:${roots})(?:/|$)|~[\w.-]*/|[A-Za-z]:[\\/](?![\\/]?/)|\\\\[\w.-]+\\)`,
  "u",
);

/** A cheap test on whole files: false means that no literal in the text can be an absolute path. */
export function mayNamePaths(text: string): boolean {
  return /["'](?:[/~]|[A-Za-z]:[\\/]|\\\\)/u.test(text);
}

/**
 * The path in a string literal (prefix and quotes included) that looks absolute or below a home folder, else null.
 * Of a formatted string it is what stands before the first interpolation. Roots other than the usual ones ("/api/users")
 * are as likely routes of a web server, and are left out.
 */
export function absolutePathIn(literal: string): string | null {
  const match = /^([a-zA-Z]{0,2})("""|'''|"|')/u.exec(literal);
  if (match === null || /b/iu.test(match[1] ?? "")) return null;
  const quotes = match[2] ?? "";
  let body = literal.slice(match[0].length, -quotes.length);
  if (/f/iu.test(match[1] ?? "")) body = body.split("{", 1)[0] ?? "";
  if (!/r/iu.test(match[1] ?? "")) body = body.replaceAll("\\\\", "\\");
  if (body.length > 300 || /[\n<>|]/u.test(body)) return null;
  return pathPattern.test(body) ? body : null;
}
