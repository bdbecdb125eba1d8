import { lineAt, type Instruction } from "./read-instructions.ts";

/** One command that a RUN gives to the shell, and its line in the file. */
export interface RunLine {
  readonly text: string;
  readonly line: number;
}

/** The simple commands of a RUN, those in subshells and pipes too, and the lines of a heredoc that a shell reads. */
export function runLines(instruction: Instruction): readonly RunLine[] {
  const { rest, heredocs } = instruction;
  const words = execWords(rest);
  if (words !== null) return [{ text: words.join(" "), line: instruction.line }];
  const shell = /^(?:<<|(?:\S*\/)?(?:ba|da|z)?sh\s[^<]*<<)/u.test(rest);
  const bodies = heredocs.filter(({ text }) => shell && !/^#!(?!.*sh\b)/u.test(text));
  return [
    ...simpleCommands(rest).map(({ text, offset }) => ({ text, line: lineAt(instruction, offset) })),
    ...bodies.flatMap(({ text, line }) => bodyLines(text, line)),
  ];
}

/** The words of the JSON form; null for the shell form. */
export function execWords(rest: string): readonly string[] | null {
  if (!rest.startsWith("[")) return null;
  try {
    const words: unknown = JSON.parse(rest);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : null;
  } catch {
    return null;
  }
}

function bodyLines(body: string, first: number): readonly RunLine[] {
  const found: RunLine[] = [];
  let open = "";
  let line = first;
  for (const [index, raw] of body.split("\n").entries()) {
    if (open === "") line = first + index;
    if (raw === "" || /^\s*#/u.test(raw)) continue;
    if (raw.endsWith("\\")) {
      open += raw.slice(0, -1);
      continue;
    }
    const at = line;
    found.push(...simpleCommands(open + raw).map(({ text }) => ({ text, line: at })));
    open = "";
  }
  return found;
}

/** A line cut at `&&`, `||`, `|`, `;` and parentheses that stand outside quotes. */
function simpleCommands(line: string): readonly { text: string; offset: number }[] {
  const cuts = [...line.matchAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|(&&|\|\|?|;|[()])/gu)]
    .filter(([, operator]) => operator !== undefined)
    .map(({ index, 0: said }) => ({ index, length: said.length }));
  let start = 0;
  return [...cuts, { index: line.length, length: 0 }].flatMap(({ index, length }) => {
    const raw = line.slice(start, index);
    const offset = start + raw.length - raw.trimStart().length;
    start = index + length;
    const text = raw.trim();
    return text === "" ? [] : [{ text, offset }];
  });
}
