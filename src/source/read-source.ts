import { makeFinding } from "../model/index.ts";
import { emptyPythonFacts, type NotebookFacts, type SourceFacts } from "./facts.ts";
import { notebookLimitBytes, notebookTooLarge } from "./notebook-document.ts";
import { notebookWithFinding, readNotebook } from "./notebook.ts";
import { pythonLimitBytes, readPython } from "./python-file.ts";

/** What to do with a file, told by its name: everything but .ipynb is read as Python. */
export type SourceKind = "python" | "notebook";

export function kindOfSource(path: string): SourceKind {
  return path.endsWith(".ipynb") ? "notebook" : "python";
}

/** The facts of a file's content, with no path in them yet, so that they serve every copy of it. */
export function readSource(kind: SourceKind, bytes: Uint8Array): Promise<SourceFacts> {
  return kind === "notebook" ? readNotebook("", bytes) : readPython(bytes);
}

/** The facts of a file that is too large to be read, else null; `size` in bytes. */
export function tooLarge(path: string, size: number): SourceFacts | null {
  if (kindOfSource(path) === "notebook")
    return size > notebookLimitBytes ? notebookWithFinding(notebookTooLarge(path, size)) : null;
  return size > pythonLimitBytes ? emptyPythonFacts("larger than 8 MB") : null;
}

/** The facts of a file that could not be opened, or on which the parser broke. */
export function unreadableSource(path: string, reason: string): SourceFacts {
  if (kindOfSource(path) === "python") return emptyPythonFacts(reason);
  return notebookWithFinding(
    makeFinding("notebook-unreadable", "error", `the notebook cannot be read: ${reason}`, { file: path }),
  );
}

/** The same facts with `path` as the file of their findings. */
export function placeAt(path: string, facts: SourceFacts): SourceFacts {
  if (facts.kind === "python" || facts.findings.length === 0) return facts;
  const placed: NotebookFacts = {
    ...facts,
    findings: facts.findings.map((finding) => ({ ...finding, file: path })),
  };
  return placed;
}
