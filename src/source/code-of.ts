import type { PythonFacts, SourceFacts } from "./facts.ts";

/** The facts of the Python code alone: a file's own, or those of all code cells of a notebook. */
export function codeOf(facts: SourceFacts): PythonFacts {
  return facts.kind === "notebook" ? facts.python : facts;
}
