import path from "node:path";
import { makeFinding } from "../../model/index.ts";
import { python2Modules, type PythonFacts } from "../../source/index.ts";
import { definePractice, type Code } from "../practice.ts";

/** Code that only Python 2 runs; said once, at the first place that shows it, however many files are of that kind. */
export const python2Code = definePractice({
  id: "python-2-code",
  title: "the code is written in Python 2",
  find(code) {
    const [first, ...others] = signsOf(code);
    if (first === undefined) return [];
    const { file, line, what } = first;
    const also = others.length === 0 ? "" : `; so ${others.length === 1 ? "is" : "are"} ${listed(others)}`;
    return [
      makeFinding("python-2-code", "warning", `${file} is written in Python 2: ${what}${also}`, {
        file,
        line,
        why: "No Python 3 runs it, and Python 2 ended in 2020: its packages are no longer resolved for.",
        fix: "Port it to Python 3; most of it is mechanical (2to3 of Python up to 3.12 does it).",
      }),
    ];
  },
});

interface Sign {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

const shown = 4;

function listed(signs: readonly Sign[]): string {
  const names = signs.slice(0, shown).map(({ file }) => file);
  return `${names.join(", ")}${signs.length > shown ? ` and ${signs.length - shown} more` : ""}`;
}

/** The first sign in each file that shows one. */
function signsOf(code: Code): readonly Sign[] {
  const own = new Set(Array.from(code.keys(), (file) => path.posix.basename(file, ".py")));
  return Array.from(code).flatMap(([file, facts]) =>
    signsIn(file, facts, own)
      .toSorted((a, b) => a.line - b.line)
      .slice(0, 1),
  );
}

/** A statement that no Python 3 reads, and a module of Python 2 alone, none of the project's own, that is always imported. */
function signsIn(
  file: string,
  { syntaxError, imports }: PythonFacts,
  own: ReadonlySet<string>,
): readonly Sign[] {
  const isOld = syntaxError?.message.endsWith("of Python 2") === true;
  return [
    ...(syntaxError !== null && isOld ? [{ file, line: syntaxError.line, what: syntaxError.message }] : []),
    ...imports
      .filter(({ level, context }) => level === 0 && context === "top")
      .filter(({ module }) => python2Modules.has(module) && !own.has(module))
      .map(({ module, line }) => ({ file, line, what: `it imports ${module}` })),
  ];
}
