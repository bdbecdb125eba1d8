import type { TextRule } from "./text-rule.ts";

const patterns: readonly (readonly [RegExp, string])[] = [
  // The kernel's own files for a cell's code, by process and hash.
  [/\/ipykernel_\d{1,10}\/\d{1,12}\.py/gu, "/ipykernel_(n)/(n).py"],
  [/<ipython-input-\d{1,6}-[\da-f]{6,16}>/gu, "<ipython-input-(n)>"],
  // Python's tempfile: eight random characters after its prefix, in the system's folder for temporary files.
  [/\/tmp\/tmp[a-z\d_]{8}(?![a-z\d_])/gu, "/tmp/tmp(random)"],
  [/\/var\/folders\/[\w+]{2}\/[\w+]{20,40}\/T\/tmp[a-z\d_]{8}(?![a-z\d_])/gu, "/tmp/tmp(random)"],
  [/\\Temp\\tmp[a-z\d_]{8}(?![a-z\d_])/gu, "\\Temp\\tmp(random)"],
  [/\/pytest-of-[\w.-]{1,64}\/pytest-\d{1,6}\//gu, "/pytest-of-(user)/pytest-(n)/"],
];

export const temporaryPaths: TextRule = {
  id: "temporary-paths",
  apply: (text) => {
    if (!/tmp|\\Temp|ipykernel|ipython|pytest/u.test(text)) return text;
    let result = text;
    for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
    return result;
  },
};

/** The folders that were made for the runs compared: they are named differently each time. */
export function workPathsRule(workPaths: readonly string[]): TextRule {
  const longestFirst = [...workPaths]
    .filter((path) => path.length > 1)
    .sort((one, other) => other.length - one.length);
  return {
    id: "work-paths",
    apply: (text) => {
      let result = text;
      for (const path of longestFirst) result = replacePath(result, path);
      return result;
    },
  };
}

/** Replaces a folder's path, but not where it is the start of a longer name. */
function replacePath(text: string, path: string): string {
  const [first = "", ...rest] = text.split(path);
  let result = first;
  for (const part of rest) result += (/^[\w-]/u.test(part) ? path : "(work)") + part;
  return result;
}
