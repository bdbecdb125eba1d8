/** What an error says is not there. */
export type Missing =
  | { readonly kind: "name"; readonly of: string; readonly name: string; readonly ofModule: boolean }
  | { readonly kind: "module"; readonly module: string }
  | { readonly kind: "keyword"; readonly functionName: string; readonly keyword: string };

/** Longer texts are read from their end, where the error stands: 16 KiB. */
const limit = 16 << 10;
/** What was said before that explains nothing any more. */
const mostRead = 20;

const missingAttribute = /\bmodule '([\w.]+)' has no attribute '(\w+)'/giu;
const missingMember = /'([\w.]+)' object has no attribute '(\w+)'/gu;
const missingOfType = /type object '([\w.]+)' has no attribute '(\w+)'/gu;
const missingImport = /cannot import name '?(\w+)'? from '?([\w.]+)'?/gu;
/** Before Python 3.7 the error does not name the module; the line that imports does. */
const missingOldImport = /cannot import name '?(\w+)'?(?! from)\b/gu;
const missingModule = /No module named '?([\w.]+)'?/gu;
const unexpected = /([\w.]+)\(\) got an unexpected keyword argument '(\w+)'/gu;

/** The end of an error text without the colours of a terminal. */
export function endOfError(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the escape sequences of terminals begin with it
  return text.slice(-limit).replaceAll(/\u001b\[[\d;]*m/gu, "");
}

/** All that a Python error text (traceback included) says is not there, the last first. Never throws. */
export function readMissing(text: string): readonly Missing[] {
  const found: { readonly at: number; readonly missing: Missing }[] = [];
  const collect = (pattern: RegExp, make: (first: string, second: string) => Missing | null): void => {
    for (const match of text.matchAll(pattern)) {
      const missing = make(match[1] ?? "", match[2] ?? "");
      if (missing !== null) found.push({ at: match.index, missing });
    }
  };
  collect(missingAttribute, (of, name) => ({ kind: "name", of, name, ofModule: true }));
  collect(missingMember, (of, name) => ({ kind: "name", of, name, ofModule: false }));
  collect(missingOfType, (of, name) => ({ kind: "name", of, name, ofModule: false }));
  collect(missingImport, (name, of) => ({ kind: "name", of, name, ofModule: true }));
  collect(missingOldImport, (name) => {
    const of = importLine(text, name);
    return of === null ? null : { kind: "name", of, name, ofModule: true };
  });
  collect(missingModule, (module) => ({ kind: "module", module }));
  collect(unexpected, (functionName, keyword) => ({ kind: "keyword", functionName, keyword }));
  const latest = found.toSorted((a, b) => b.at - a.at).slice(0, mostRead);
  return latest.map(({ missing }) => missing);
}

function importLine(text: string, name: string): string | null {
  const lines = text.split("\n").filter((line) => line.length < 500 && line.includes(" import "));
  for (const line of lines.toReversed()) {
    const [, module, names] = /\bfrom ([\w.]+) import (.+)$/u.exec(line) ?? [];
    if (module !== undefined && names?.split(/\W+/u).includes(name) === true) return module;
  }
  return null;
}
