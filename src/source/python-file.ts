import { decodePython } from "./decode-python.ts";
import { createFactCollector } from "./fact-collector.ts";
import { emptyPythonFacts, parserGaveUp, type PythonFacts } from "./facts.ts";
import { loadPythonParser } from "./python-parser.ts";

/** Larger Python files are data that happens to be Python: 8 MiB. */
export const pythonLimitBytes = 8 << 20;

/** What a Python file says. Never throws: a file that defeats the parser is `unreadable`. */
export async function readPython(bytes: Uint8Array): Promise<PythonFacts> {
  if (bytes.length > pythonLimitBytes) return emptyPythonFacts("larger than 8 MB");
  const parser = await loadPythonParser();
  try {
    const collector = createFactCollector(parser);
    const source = decodePython(bytes);
    const root = collector.add(source);
    const facts = collector.finish();
    if (root === null) return parserGaveUp("it took too long");
    const nul = source.indexOf("\0");
    if (nul === -1) return facts;
    const line = source.slice(0, nul).split("\n").length;
    return { ...facts, syntaxError: { line, message: "the file holds a NUL byte" } };
  } catch (error) {
    return parserGaveUp(error);
  }
}
