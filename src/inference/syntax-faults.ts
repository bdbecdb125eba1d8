import { makeFinding, type Finding } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";

/**
 * Scripts that no Python reads: nothing in them runs, and what they import is known in part (rule syntax-error, a
 * warning). What Python 2 reads is told elsewhere as that, and a notebook's cells hold more than Python.
 */
export function syntaxFaults(sources: ReadonlyMap<string, SourceFacts>): readonly Finding[] {
  return Array.from(sources).flatMap(([file, facts]) => {
    const { syntaxError: fault } = codeOf(facts);
    if (fault === null || !file.endsWith(".py") || fault.message.endsWith("of Python 2")) return [];
    return [
      makeFinding("syntax-error", "warning", `${file} is no valid Python: ${fault.message}`, {
        file,
        line: fault.line,
        why: "Python stops before the first line of the file runs, wherever in it the fault stands.",
        fix: `Mend the line; python -m py_compile ${file} shows what Python says of it.`,
      }),
    ];
  });
}
