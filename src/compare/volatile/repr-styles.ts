import type { TextRule } from "./text-rule.ts";

const numeric =
  /\bnp\.(?:float(?:16|32|64|96|128)|longdouble|u?int(?:8|16|32|64|c|p)?|u?(?:short|long|longlong|byte)|complex(?:64|128)|clongdouble)\(([-+\d.eEjnaif]{1,80}|\([-+\d.eEjnaif]{1,160}\))\)/gu;
const truth = /\bnp\.(True|False)_\b/gu;
const string = /\bnp\.str_\(('(?:[^'\\\n]|\\.){0,300}'|"(?:[^"\\\n]|\\.){0,300}")\)/gu;

function unwrap(text: string): string {
  return text.replace(numeric, "$1").replace(truth, "$1").replace(string, "$1");
}

/**
 * NumPy 2 writes a scalar as np.float64(1.0), earlier ones as 1.0. Where both sides name types they are of one era, and
 * a type that differs is a difference: then nothing is taken away.
 */
export const numpyScalars: TextRule = {
  id: "numpy-scalar-repr",
  apply: (text, other) => (text.includes("np.") && unwrap(other) === other ? unwrap(text) : text),
};

const unicodePrefix = /(?<![\w'"])u(?=(?:'[^'\\\n]{0,200}'|"[^"\\\n]{0,200}")(?![\w'"]))/gu;

/** Python 2 writes u'text' where Python 3 writes 'text'. */
export const unicodePrefixes: TextRule = {
  id: "unicode-prefix",
  apply: (text, other) => {
    if (!/u['"]/u.test(text)) return text;
    return other.search(unicodePrefix) === -1 ? text.replace(unicodePrefix, "") : text;
  },
};

// Between two elements or rows of an array, never within a sentence.
const ellipsis =
  /(?<=(?:[\d.\]'"]|nan|inf|True|False|None),?\s{1,40})\.\.\.,?(?: *(?=\n\s{0,200}(?:\[|[-+.\d'"(]|nan|inf|True|False|None))|(?= (?:[-+.\d'"]|nan|inf|True|False|None)))/gu;

/** A long array is shown with a gap: NumPy before 1.14 writes "..., " for it and leaves a blank at the line's end. */
export const arrayEllipses: TextRule = {
  id: "array-ellipsis",
  acrossVersions: true,
  apply: (text) => (text.includes("...,") ? text.replace(ellipsis, "...") : text),
};

// What numeric arrays are printed with, taken token by token.
const arrayToken = /[\d\s.,eE+\-j[\]]+|nan|inf|True|False/uy;

/** Arrays of numbers: NumPy pads and wraps them by its version's taste ("[ 1.  1.]", "[1. 1.]"). */
export const arraySpacing: TextRule = {
  id: "array-spacing",
  apply: (text) => {
    let result = "";
    let done = 0;
    for (let open = text.indexOf("["); open !== -1; open = text.indexOf("[", done)) {
      const end = endOfRun(text, open);
      const run = text.slice(open, end);
      result += text.slice(done, open) + (/\d|nan|inf|True|False/u.test(run) ? oneSpacing(run) : run);
      done = end;
    }
    return result + text.slice(done);
  },
};

function endOfRun(text: string, start: number): number {
  let end = start;
  for (;;) {
    arrayToken.lastIndex = end;
    const token = arrayToken.exec(text)?.[0];
    if (token === undefined) return end;
    end += token.length;
  }
}

/** Inside brackets that are closed in `run`: one space between elements, none at the brackets. */
function oneSpacing(run: string): string {
  const end = closedUpTo(run);
  const parts: string[] = [];
  let depth = 0;
  for (const [token] of run.slice(0, end).matchAll(/\[|\]|\s+|[^\s[\]]+/gu)) {
    if (depth > 0 && /^\s/u.test(token)) parts.push(" ");
    else parts.push(token);
    if (token === "[") depth += 1;
    if (token === "]") depth -= 1;
  }
  const spaced = parts.filter((part, index) => {
    const atBracket = parts[index - 1] === "[" || parts[index + 1] === "]";
    return !(part === " " && atBracket);
  });
  return spaced.join("") + run.slice(end);
}

/** Length of the longest start of `run` in which every bracket is closed. */
function closedUpTo(run: string): number {
  let depth = 0;
  let closed = 0;
  for (let index = 0; index < run.length; index += 1) {
    const character = run[index];
    if (character === "[") depth += 1;
    if (character === "]") {
      depth -= 1;
      if (depth < 0) return closed;
      if (depth === 0) closed = index + 1;
    }
  }
  return closed;
}
