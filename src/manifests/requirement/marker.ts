const token =
  /\s*(?:(\()|(\))|(<=|>=|===|==|!=|~=|<|>)|("[^"]*"|'[^']*')|((?:and|or|in|not)(?![\w.]))|([A-Za-z_][\w.]*))/uy;

/** The variables of a marker that describe an environment (PEP 508). */
export const markerVariables: readonly string[] = [
  "os_name",
  "sys_platform",
  "platform_machine",
  "platform_python_implementation",
  "platform_release",
  "platform_system",
  "platform_version",
  "python_version",
  "python_full_version",
  "implementation_name",
  "implementation_version",
];

const variables = new Set([
  ...markerVariables,
  "extra",
  "extras",
  "dependency_groups",
  // As PEP 345 spelled them; installers still take them.
  "os.name",
  "sys.platform",
  "platform.version",
  "platform.machine",
  "platform.python_implementation",
  "python_implementation",
]);

/** Whether a text is an environment marker: the grammar of PEP 508, of whose variables at least one side must be. */
export function isMarker(text: string): boolean {
  const words = tokenise(text);
  if (words === null) return false;
  let depth = 0;
  // What may come: an operand or "(", or else what follows a comparison.
  for (let at = 0, awaits = true; at <= words.length;) {
    const word = words[at];
    if (awaits) {
      if (word === "(") {
        depth++;
        at++;
      } else {
        const length = comparisonLength(words, at);
        if (length === 0) return false;
        at += length;
        awaits = false;
      }
    } else if (word === undefined) return depth === 0;
    else if (word === ")" && depth-- > 0) at++;
    else if (word === "and" || word === "or") {
      at++;
      awaits = true;
    } else return false;
  }
  return false;
}

function tokenise(text: string): readonly string[] | null {
  const words: string[] = [];
  const said = text.trimEnd();
  for (let at = 0; at < said.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(said);
    if (match === null) return null;
    words.push(match[0].trim());
  }
  return words;
}

/** How many words a comparison takes; 0 where there is none. */
function comparisonLength(words: readonly string[], at: number): number {
  const isNegated = words[at + 1] === "not";
  const operator = isNegated ? words[at + 2] : words[at + 1];
  if (isNegated ? operator !== "in" : operator !== "in" && !/^[<>=!~]/u.test(operator ?? "")) return 0;
  const right = words[at + (isNegated ? 3 : 2)] ?? "";
  const left = words[at] ?? "";
  if (!isOperand(left) || !isOperand(right)) return 0;
  return isNegated ? 4 : 3;
}

const isOperand = (word: string): boolean => /^["']/u.test(word) || variables.has(word);
