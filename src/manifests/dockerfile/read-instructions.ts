/** A `--name=value` before an instruction's words; "" where it has no value. */
export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** The lines between `<<NAME` and NAME. */
export interface Heredoc {
  readonly name: string;
  readonly text: string;
  /** Of its first line. */
  readonly line: number;
}

export interface Instruction {
  /** In capitals: FROM, CMD. */
  readonly name: string;
  readonly flags: readonly Flag[];
  /** What follows the flags, its lines joined; comments between them left out. */
  readonly rest: string;
  readonly line: number;
  readonly heredocs: readonly Heredoc[];
  /** Where in `rest` each line of the file begins, first to last. */
  readonly starts: readonly { readonly offset: number; readonly line: number }[];
}

/** The line, counted from 1, of a place in an instruction's `rest`. */
export function lineAt({ starts, line }: Instruction, offset: number): number {
  return starts.findLast((start) => start.offset <= offset)?.line ?? line;
}

const flagged = new Set(["FROM", "RUN", "COPY", "ADD", "HEALTHCHECK"]);
const withHeredocs = new Set(["RUN", "COPY", "ADD"]);

/**
 * The instructions of a Dockerfile, as BuildKit's syntax has them: `# escape=`, continued lines with comments and empty
 * lines between them, flags, and heredocs. Never throws; lines that are no instruction are passed over.
 */
export function readInstructions(text: string): readonly Instruction[] {
  const lines = text.replace(/^\uFEFF/u, "").split(/\r\n|\r|\n/u);
  const escape = escapeOf(lines);
  const ends = heredocEnds(lines);
  const found: Instruction[] = [];
  let pieces: { text: string; line: number }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const raw = lines[index] ?? "";
    if (/^\s*#/u.test(raw) || (pieces.length > 0 && raw.trim() === "")) continue;
    const bare = raw.trimEnd();
    const joined = bare.endsWith(escape) && bare.at(-2) !== escape;
    pieces.push({ text: joined ? bare.slice(0, -1) : raw, line: index + 1 });
    if (joined && index + 1 < lines.length) continue;
    const instruction = instructionOf(pieces);
    pieces = [];
    if (instruction === null) continue;
    const heredocs: Heredoc[] = [];
    for (const { name, tabs } of openedBy(instruction)) {
      const wanted = (line: string): string => (tabs ? line.replace(/^\t+/u, "") : line);
      const known = tabs ? ends.withoutTabs : ends.whole;
      if ((known.get(name) ?? -1) <= index) continue;
      const line = index + 2;
      const body: string[] = [];
      for (index++; index < lines.length && wanted(lines[index] ?? "") !== name; index++)
        body.push(wanted(lines[index] ?? ""));
      heredocs.push({ name, text: body.join("\n"), line });
    }
    found.push({ ...instruction, heredocs });
  }
  return found;
}

/** The escape character: `# escape=` counts among the comments at the file's top alone. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S+)\s*$/u.exec(line);
    if (directive === null) break;
    if (directive[1]?.toLowerCase() === "escape") return directive[2] === "`" ? "`" : "\\";
  }
  return "\\";
}

interface Ends {
  /** The last line, counted from 0, that reads so. */
  readonly whole: ReadonlyMap<string, number>;
  readonly withoutTabs: ReadonlyMap<string, number>;
}

function heredocEnds(lines: readonly string[]): Ends {
  return {
    whole: new Map(lines.map((line, index) => [line, index])),
    withoutTabs: new Map(lines.map((line, index) => [line.replace(/^\t+/u, ""), index])),
  };
}

function instructionOf(pieces: readonly { text: string; line: number }[]): Instruction | null {
  const said = pieces.map((piece) => piece.text).join("");
  const [head, word = ""] = /^\s*([A-Za-z]+)(?:\s+|$)/u.exec(said) ?? [];
  if (head === undefined) return null;
  const name = word.toUpperCase();
  const flags: Flag[] = [];
  let at = head.length;
  const flag = /--([\w-]+)(?:=(\S*))?(?:\s+|$)/uy;
  for (flag.lastIndex = at; flagged.has(name); at = flag.lastIndex) {
    const match = flag.exec(said);
    if (match === null) break;
    flags.push({ name: match[1] ?? "", value: match[2] ?? "" });
  }
  let offset = -at;
  const starts = pieces.map(({ text, line }) => {
    const start = { offset, line };
    offset += text.length;
    return start;
  });
  const line = pieces[0]?.line ?? 1;
  return { name, flags, rest: said.slice(at).trimEnd(), line, heredocs: [], starts };
}

function openedBy({ name, rest }: Instruction): readonly { name: string; tabs: boolean }[] {
  const inner = name === "ONBUILD" ? (/^\w+/u.exec(rest)?.[0].toUpperCase() ?? "") : name;
  if (!withHeredocs.has(inner)) return [];
  const words = rest.matchAll(/<<<|<<(-?)(["']?)([A-Za-z_][\w.-]*)\2|'[^']*'|"(?:\\.|[^"\\])*"|\\./gu);
  return [...words].flatMap(([, dash, , word]) =>
    word === undefined ? [] : [{ name: word, tabs: dash === "-" }],
  );
}
