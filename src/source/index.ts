/** Python files and notebooks as data: what they import, call and name, read without running any of it.
 *  Results are plain JSON-able values, cached by content. */
export { codeLine } from "./code-line.ts";
export { codeOf } from "./code-of.ts";
export { proposeCellOrder } from "./cell-order.ts";
export { emptyPythonFacts } from "./facts.ts";
export type { CallFact, ImportContext, ImportFact, PythonFacts, SourceFacts } from "./facts.ts";
export { isInstallation } from "./installations.ts";
export { plainCell } from "./magics.ts";
export { python2Modules } from "./python-2-modules.ts";
export { readCells, withCellSources } from "./notebook-edit.ts";
export { loadPythonParser } from "./python-parser.ts";
export type { PythonParser } from "./python-parser.ts";
export { createSourceReader } from "./source-reader.ts";
export { standardLibrary } from "./standard-library.ts";
