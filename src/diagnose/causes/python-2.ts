import { makeFinding } from "../../model/index.ts";
import { defineCause, linePatch } from "../cause.ts";
import { lineAt } from "../failed-run.ts";

const said =
  /SyntaxError: (?:Missing parentheses in call to '(?:print|exec)'|multiple exception types must be parenthesized|leading zeros in decimal integer literals|invalid (?:hexadecimal|octal|decimal) literal)|TabError/u;
const oldWords =
  /^(?:print\s+[^(=\s]|print\s*"|exec\s+["']|except\s+[\w.]+\s*,\s*\w+\s*:|raise\s+\w+\s*,|.*(?:<>|`[^`]+`|\bur['"]|\b0\d+L?\b|\d+L\b))/u;

/** The code is Python 2, which no Python 3 reads. */
export const python2 = defineCause({
  id: "python-2",
  find(failed) {
    if (!/SyntaxError|TabError/u.test(failed.text) || failed.place === null) return null;
    const { place, line } = failed;
    const isOld = said.test(failed.text) || oldWords.test(line);
    if (!isOld || place.line === null) return null;
    const before = line === "" ? lineAt(failed.project.root, place) : line;
    const after = modern(before);
    const patch = after === before ? "" : `\n${linePatch(place.file, place.line, before, after)}`;
    return makeFinding(
      "python-2",
      "error",
      `${failed.command.name}: ${place.file} is written in Python 2: ${before.slice(0, 100)}`,
      {
        file: place.file,
        line: place.line,
        why: "Python 2 ended in 2020, and its packages are no longer resolved for.",
        fix: `Port it to Python 3; most of it is mechanical (2to3 of Python up to 3.12 does it).${patch}`,
      },
    );
  },
});

/** One line as Python 3 writes it, where that is plain. */
function modern(line: string): string {
  return line
    .replace(/^(\s*)print\s+(?!\()(.*?)\s*,?$/u, "$1print($2)")
    .replace(/^(\s*except\s+[\w.]+)\s*,\s*(\w+)\s*:/u, "$1 as $2:")
    .replace(/^(\s*raise\s+\w+)\s*,\s*(.+)$/u, "$1($2)");
}
