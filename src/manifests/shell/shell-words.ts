/** One command of a line, with the operator (`&&` or `;`) that joins it to the next; "" at the end. */
export interface Segment {
  readonly text: string;
  readonly operator: string;
}

/** A line split at `&&` and `;` outside quotes and parentheses. */
export function splitSegments(line: string): readonly Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  let depth = 0;
  for (const token of line.matchAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|\$?\(|\)|&&|;/gu)) {
    const said = token[0];
    if (said.endsWith("(") && !/^['"\\]/u.test(said)) depth++;
    else if (said === ")") depth--;
    else if ((said === "&&" || said === ";") && depth <= 0) {
      segments.push({ text: line.slice(start, token.index).trim(), operator: said });
      start = token.index + said.length;
    }
  }
  segments.push({ text: line.slice(start).trim(), operator: "" });
  return segments.filter((segment) => segment.text !== "");
}

/** The words of one command as a shell would pass them, variables left as they are. */
export function shellWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\]|['"\\])+/gu)].map((match) =>
    match[0].replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gu,
      (_, single?: string, double?: string, escaped?: string) => {
        if (single !== undefined) return single;
        return double === undefined ? (escaped ?? "") : double.replaceAll(/\\(["\\$`])/gu, "$1");
      },
    ),
  );
}
