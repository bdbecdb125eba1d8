/** One requirement or option, which a backslash may carry over several lines. Offsets are into the file's text. */
export interface LogicalLine {
  /** The text without comments and line joins. */
  readonly text: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly start: number;
  /** Just past its last character, its line break left out. */
  readonly end: number;
}

/** Python, and so pip, breaks lines at more characters than an editor does. */
const physicalLine = /([^\r\n\v\f\u0085\u2028\u2029]*)(\r\n|[\r\n\v\f\u0085\u2028\u2029]|$)/gu;

type OpenLine = Omit<LogicalLine, "end">;

/** What stands before a comment: a "#" at the start or after a blank. */
function withoutComment(text: string): string {
  const at = text.search(/(?:^|\s)#/u);
  return (at === -1 ? text : text.slice(0, at)).trim();
}

function withoutBackslashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === "\\") start++;
  while (end > start && text[end - 1] === "\\") end--;
  return text.slice(start, end);
}

/** The lines that say something, joined and without comments as pip reads them: a comment ends a continued line. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: OpenLine | null = null;
  let number = 0;
  let isLineBegun = true;
  for (const match of text.matchAll(physicalLine)) {
    const raw = match[1] ?? "";
    if (raw === "" && match[2] === "") break;
    if (isLineBegun) number++;
    isLineBegun = /[\r\n]/u.test(match[2] ?? "");
    const isComment = /^\s*#/u.test(raw);
    const joined = raw.endsWith("\\") && !isComment;
    const piece = isComment ? "" : joined ? withoutBackslashes(raw) : raw;
    const before: OpenLine = open ?? { text: "", line: number, start: match.index };
    open = { ...before, text: before.text + piece };
    if (joined && match[2] !== "") continue;
    const said = withoutComment(open.text);
    if (said !== "")
      lines.push({ text: said, line: open.line, start: open.start, end: match.index + raw.length });
    open = null;
  }
  const last = open === null ? "" : withoutComment(open.text);
  if (open !== null && last !== "") {
    lines.push({ text: last, line: open.line, start: open.start, end: text.length });
  }
  return lines;
}
