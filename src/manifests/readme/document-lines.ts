/** One line of a document that could be a shell command, with what surrounds it. */
export interface DocumentLine {
  readonly text: string;
  readonly line: number;
  /** Lines of one block share their number; each piece of inline code has its own. */
  readonly block: number;
  readonly where: "block" | "inline" | "plain";
  /** In the section that Rung keeps. */
  readonly ours: boolean;
}

export interface DocumentHeading {
  readonly text: string;
  readonly line: number;
}

export const beginMark = "<!-- rung:instructions:begin -->";
export const endMark = "<!-- rung:instructions:end -->";

const shells = new Set([
  ..."bash sh shell zsh fish ksh console shell-session sh-session shellsession terminal text txt none plaintext".split(
    " ",
  ),
  ..."plain cmd bat batch powershell ps1 commandline command-line".split(" "),
  "",
]);

const fence = /^(\s*(?:>\s?)*(?:[-*+]\s+|\d+[.)]\s+)?)(`{3,}|~{3,})\s*([^`]*)$/u;
const directive = /^(\s*)\.\.\s+(?:code-block|code|sourcecode|prompt|parsed-literal)::\s*(\S*)/u;

/** The lines of a README that may hold commands: fenced and indented blocks, literal blocks of reStructuredText, inline code. */
export function documentLines(
  path: string,
  text: string,
): { lines: DocumentLine[]; headings: DocumentHeading[] } {
  const lines: DocumentLine[] = [];
  const headings: DocumentHeading[] = [];
  const isRst = /\.rst$/iu.test(path);
  const isPlain = /\.txt$/iu.test(path) || !path.includes(".");
  const rows = withoutHtmlComments(text).split(/\r\n|\r|\n/u);
  let block = 0;
  let open: { readonly close: string; readonly shell: boolean } | null = null;
  let literal: { readonly indent: number; readonly shell: boolean } | null = null;
  let ours = false;
  let blankBefore = true;
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const indent = /^[ \t]*/u.exec(row)?.[0].replaceAll("\t", "    ").length ?? 0;
    const isBlank = row.trim() === "";
    if (row.trim() === beginMark || row.trim() === endMark) ours = row.trim() === beginMark;
    if (open !== null) {
      const bare = row.replace(/^\s*(?:>\s?)*/u, "").trimEnd();
      if (bare.startsWith(open.close) && /^[`~]+$/u.test(bare)) open = null;
      else if (open.shell)
        lines.push({ text: row.replace(/^\s*(?:>\s)*/u, ""), line, block, where: "block", ours });
      continue;
    }
    if (literal !== null && !isBlank && indent <= literal.indent) literal = null;
    const fenced = isRst ? null : fence.exec(row);
    const directed = directive.exec(row);
    if (fenced !== null) {
      block++;
      const language = /^\{?\.?([\w-]*)/u.exec((fenced[3] ?? "").trim())?.[1] ?? "";
      open = { close: fenced[2] ?? "```", shell: shells.has(language.toLowerCase()) };
    } else if (directed !== null) {
      block++;
      literal = { indent, shell: shells.has((directed[2] ?? "").toLowerCase()) };
    } else if (literal !== null) {
      if (literal.shell && !isBlank) lines.push({ text: row.trim(), line, block, where: "block", ours });
    } else if (isRst && /::\s*$/u.test(row)) {
      block++;
      literal = { indent, shell: true };
    } else if (indent >= 4 && !isBlank && !isRst) {
      if (blankBefore) block++;
      lines.push({ text: row.trim(), line, block, where: "block", ours });
      continue;
    } else if (!isBlank) {
      const heading = /^#{1,6}\s+(.+?)\s*#*$/u.exec(row)?.[1] ?? underlined(row, rows[index + 1]);
      if (heading !== null) headings.push({ text: heading, line });
      for (const code of row.matchAll(/(`{1,2})(?!`)([^`]+)\1(?!`)/gu)) {
        block++;
        lines.push({ text: (code[2] ?? "").trim(), line, block, where: "inline", ours });
      }
      if (isPlain) {
        if (blankBefore) block++;
        lines.push({ text: row.trim(), line, block, where: "plain", ours });
      }
    }
    blankBefore = isBlank;
  }
  return { lines, headings };
}

function underlined(row: string, next: string | undefined): string | null {
  return next !== undefined && /^([=\-~^"*+#])\1{2,}\s*$/u.test(next) && /\w/u.test(row) ? row.trim() : null;
}

/** Comments over several lines blanked, so that what the author took out is not read; line numbers stay. */
function withoutHtmlComments(text: string): string {
  return text.replaceAll(/<!--[\s\S]*?-->/gu, (comment) =>
    comment === beginMark || comment === endMark ? comment : comment.replaceAll(/[^\r\n]/gu, " "),
  );
}
