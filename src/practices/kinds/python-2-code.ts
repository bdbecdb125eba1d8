import path from "node:path";
import { makeFinding } from "../../model/index.ts";
import { python2Modules, type PythonFacts } from "../../source/index.ts";
import { definePractice } from "../practice.ts";

/** Code that only Python 2 runs; said once for each file, at the first place that shows it. */
export const python2Code = definePractice({
  id: "python-2-code",
  title: "the code is written in Python 2",
  find: (code) => {
    const own = new Set(Array.from(code.keys(), (file) => path.posix.basename(file, ".py")));
    return Array.from(code).flatMap(([file, facts]) => {
      const [sign] = signsOf(facts, own).toSorted((a, b) => a.line - b.line);
      if (sign === undefined) return [];
      return [
        makeFinding("python-2-code", "warning", `${file} is written in Python 2: ${sign.what}`, {
          file,
          line: sign.line,
          why: "No Python 3 runs it, and Python 2 ended in 2020: its packages are no longer resolved for.",
          fix: "Port it to Python 3; most of it is mechanical (2to3 of Python up to 3.12 does it).",
        }),
      ];
    });
  },
});

interface Sign {
  readonly line: number;
  readonly what: string;
}

/** A statement that no Python 3 reads, and a module of Python 2 alone, none of the project's own, that is always imported. */
function signsOf({ syntaxError, imports }: PythonFacts, own: ReadonlySet<string>): readonly Sign[] {
  const isOld = syntaxError?.message.endsWith("of Python 2") === true;
  return [
    ...(syntaxError !== null && isOld ? [{ line: syntaxError.line, what: syntaxError.message }] : []),
    ...imports
      .filter(({ level, context }) => level === 0 && context === "top")
      .filter(({ module }) => python2Modules.has(module) && !own.has(module))
      .map(({ module, line }) => ({ line, what: `it imports ${module}` })),
  ];
}
