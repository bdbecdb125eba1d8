import { standardLibrary, codeOf } from "../../source/index.ts";
import type { Bound } from "../../dating/index.ts";
import { defineMend } from "../mend.ts";
import type { FailedRun } from "../../diagnose/index.ts";

const newest = 14;

/** A Python that lacks a module or a syntax that the code, or an installed package, is written for. */
export const wrongPython = defineMend({
  id: "wrong-python",
  apply({ attempt, failed, prepared }) {
    const minor = Number(prepared.environment.interpreter.version.split(".")[1]);
    const found =
      standardModule(failed.text, minor) ?? newerSyntax(failed, minor) ?? olderSyntax(failed.text, minor);
    if (found === null) return null;
    const [specifier, reason] = found;
    if (attempt.bounds.some((bound) => bound.distribution === "python" && bound.specifier === specifier))
      return null;
    const bound: Bound = { distribution: "python", specifier, reason };
    return {
      attempt: { ...attempt, bounds: [...attempt.bounds, bound] },
      action: `take Python ${specifier}`,
      reason,
      location: failed.place,
    };
  },
});

type Found = readonly [specifier: string, reason: string];

/** A module of the standard library that another Python has. */
function standardModule(text: string, minor: number): Found | null {
  const module = /No module named '?([A-Za-z_]\w*)/u.exec(text)?.[1];
  if (module === undefined || standardLibrary(`3.${minor}`).has(module)) return null;
  for (let older = minor - 1; older >= 6; older -= 1) {
    if (standardLibrary(`3.${older}`).has(module)) {
      return [
        `<3.${older + 1}`,
        `the module ${module} of the standard library was removed in Python 3.${older + 1}`,
      ];
    }
  }
  for (let newer = minor + 1; newer <= newest; newer += 1) {
    if (standardLibrary(`3.${newer}`).has(module))
      return [`>=3.${newer}`, `the module ${module} is in the standard library since Python 3.${newer}`];
  }
  return null;
}

/** Code of the project that reads well as Python of today is too new for the Python that refused it. */
function newerSyntax(failed: FailedRun, minor: number): Found | null {
  if (!/SyntaxError|IndentationError/u.test(failed.text) || failed.place === null) return null;
  const facts = failed.sources.get(failed.place.file);
  if (facts === undefined || codeOf(facts).syntaxError !== null || minor >= newest) return null;
  if (/Missing parentheses|multiple exception types/u.test(failed.text)) return null;
  return [
    `>=3.${minor + 1}`,
    `${failed.place.file} is written in a syntax that Python 3.${minor} does not have`,
  ];
}

/** Words that became keywords: code of before uses them as names. */
function olderSyntax(text: string, minor: number): Found | null {
  if (!/SyntaxError/u.test(text) || minor < 7) return null;
  const isKeyword = /\n[^\n]*\b(?:async|await)\s*[=,)][^\n]*\n\s*\^/u.test(text);
  return isKeyword
    ? ["<3.7", "async and await are keywords since Python 3.7, and the code uses them as names"]
    : null;
}
