import { makeFinding } from "../../model/index.ts";
import { python2Modules } from "../../source/index.ts";
import { defineCause, linePatch } from "../cause.ts";
import { lineAt, type FailedRun } from "../failed-run.ts";

const said =
  /SyntaxError: (?:Missing parentheses in call to '(?:print|exec)'|multiple exception types must be parenthesized|leading zeros in decimal integer literals|invalid (?:hexadecimal|octal|decimal) literal)|TabError/u;
const oldWords =
  /^(?:print\s+[^(=\s]|print\s*"|exec\s+["']|except\s+[\w.]+\s*,\s*\w+\s*:|raise\s+\w+\s*,|.*(?:<>|`[^`]+`|\bur['"]|\b0\d+L?\b|\d+L\b))/u;

/** What Python 3 calls by another name; "" where that takes more than a name. */
const newNames: Readonly<Record<string, string>> = {
  xrange: "range",
  raw_input: "input",
  unicode: "str",
  basestring: "str",
  unichr: "chr",
  long: "int",
  execfile: "",
  reload: "",
  reduce: "",
  cmp: "",
  has_key: "",
  iteritems: "items",
  iterkeys: "keys",
  itervalues: "values",
  izip: "",
  imap: "",
  ifilter: "",
  letters: "ascii_letters",
  getcwdu: "getcwd",
};

const goneName =
  /NameError: (?:global )?name '(xrange|raw_input|unicode|basestring|unichr|long|execfile|reload|reduce|cmp)' is not defined/u;
const goneAttribute =
  /AttributeError: (?:'(?:dict|OrderedDict|defaultdict|Counter)' object has no attribute '(has_key|iteritems|iterkeys|itervalues)'|module '(?:itertools|string|os)' has no attribute '(izip|imap|ifilter|letters|getcwdu)')/u;
/** In Python 3 the division of whole numbers gives a fraction, and these take none. */
const fraction =
  /TypeError: (?:can't multiply sequence by non-int of type 'float'|'float' object cannot be interpreted as an integer)/u;
const goneModule = /No module named '?([A-Za-z_]\w*)/u;

/** The code is Python 2, which no Python 3 reads or runs. */
export const python2 = defineCause({
  id: "python-2",
  find(failed) {
    const { place } = failed;
    if (place === null || place.line === null) return null;
    const line = failed.line === "" ? lineAt(failed.project.root, place) : failed.line;
    const divides = dividesWhole(failed.text, line);
    if (!divides && !isOldSyntax(failed) && !usesGone(failed.text, line)) return null;
    const after = divides ? line.replaceAll(/(?<!\/)\/(?![/=])/gu, "//") : modern(line);
    const patch = after === line ? "" : `\n${linePatch(place.file, place.line, line, after)}`;
    return makeFinding(
      "python-2",
      "error",
      `${failed.command.name}: ${place.file} is written in Python 2: ${line.slice(0, 100)}`,
      {
        file: place.file,
        line: place.line,
        why: "Python 2 ended in 2020, and its packages are no longer resolved for.",
        fix: `Port it to Python 3; most of it is mechanical (2to3 of Python up to 3.12 does it).${patch}`,
      },
    );
  },
});

function isOldSyntax({ text, line }: FailedRun): boolean {
  return /SyntaxError|TabError/u.test(text) && (said.test(text) || oldWords.test(line));
}

/** True where the line itself, not a package that it calls, asks for what Python 2 alone has. */
function usesGone(text: string, line: string): boolean {
  const names = [goneName, goneAttribute].flatMap((pattern) => pattern.exec(text)?.slice(1) ?? []);
  const module = goneModule.exec(text)?.[1] ?? "";
  const gone = [...names, python2Modules.has(module) ? module : ""].filter((name) => (name ?? "") !== "");
  return gone.some((name) => line.split(/\W+/u).includes(name));
}

/** True where the line divides with one slash and then repeats or counts by the quotient, as only whole numbers can. */
function dividesWhole(text: string, line: string): boolean {
  const code = line.replaceAll(/"[^"]*"|'[^']*'/gu, "").split("#", 1)[0] ?? "";
  if (!fraction.test(text) || !/[\w)\]]\s*\/\s*[\w(]/u.test(code)) return false;
  return text.includes("can't multiply") || /\brange\(/u.test(code);
}

/** One line as Python 3 writes it, where that is plain. */
function modern(line: string): string {
  return line
    .replace(/^(\s*)print\s+(?!\()(.*?)\s*,?$/u, "$1print($2)")
    .replace(/^(\s*except\s+[\w.]+)\s*,\s*(\w+)\s*:/u, "$1 as $2:")
    .replace(/^(\s*raise\s+\w+)\s*,\s*(.+)$/u, "$1($2)")
    .replaceAll(/\b[a-z_]+(?=\()/gu, (name) => (Object.hasOwn(newNames, name) && newNames[name]) || name);
}
