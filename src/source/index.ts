/** Python files and notebooks as data: what they import, call and name, read without running any of it.
 *  Results are plain JSON-able values, cached by content. */
export { codeOf } from "./code-of.ts";
export { proposeCellOrder } from "./cell-order.ts";
export type { CellOrder } from "./cell-order.ts";
export { distributionCandidates } from "./distributions.ts";
export { emptyPythonFacts } from "./facts.ts";
export type {
  CallFact,
  CellFacts,
  EnvironmentFact,
  ImportContext,
  ImportFact,
  InstallFact,
  NotebookFacts,
  PathFact,
  PythonFacts,
  SourceFacts,
  SyntaxFault,
} from "./facts.ts";
export { readNotebook } from "./notebook.ts";
export { readPython } from "./python-file.ts";
export { createSourceReader } from "./source-reader.ts";
export type { SourceFile, SourceReader } from "./source-reader.ts";
export { standardLibrary } from "./standard-library.ts";
