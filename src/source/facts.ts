import type { Finding } from "../model/index.ts";
import type { CallUse } from "./call-use.ts";

/** Where a fact stands. `line` counts from 1 in the file itself (the .ipynb JSON for a notebook); `cell` is the number of
 *  the code cell, counted from 1, and is there for notebooks only. */
export interface Place {
  readonly line: number;
  readonly cell?: number;
}

/**
 * When an import is carried out: "optional" stands in a try that catches ImportError, "type-checking" under
 * TYPE_CHECKING, "dynamic" is importlib.import_module or __import__ with a literal name.
 */
export type ImportContext = "top" | "conditional" | "optional" | "function" | "type-checking" | "dynamic";

/** One import. `module` is dotted and absolute where `level` is 0, else what follows the leading dots ("" for none).
 *  `names` are the names taken from it ("*" for all); empty for `import module`. */
export interface ImportFact extends Place {
  readonly module: string;
  readonly level: number;
  readonly names: readonly string[];
  readonly context: ImportContext;
}

/**
 * One call whose target is known: through an import ("numpy.random.rand", "..sibling.work"), a builtin that matters to
 * reproducibility ("open", "input"), or one of a few methods of any object, with a leading dot (".sample", ".iterdir";
 * ".plot" and ".style" for `df.plot.bar()` and `df.style.format()` too).
 * `literal` is the first argument where that is a plain string; for the reading and writing methods of a Path
 * (".read_text", ".write_bytes", ".open") the path itself, where the text says it. `mode` is how a file is opened, where
 * that is a literal; `options` has the plain strings of the keywords engine, kind, backend, flavor and method (`kind` is
 * "bar" for `df.plot.bar()`); `second` is the second argument of other calls. `strings` are all plain strings of a call that starts another program or extends sys.path.
 */
export interface CallFact extends Place {
  readonly name: string;
  readonly hasArguments: boolean;
  readonly keywords: readonly string[];
  readonly literal?: string;
  readonly second?: string;
  readonly mode?: string;
  readonly strings?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  readonly use?: CallUse;
}

/** A variable read from the environment of the process. */
export interface EnvironmentFact extends Place {
  readonly variable: string;
  readonly hasDefault: boolean;
}

/** A string literal that names an absolute path or one below a home folder. */
export interface PathFact extends Place {
  readonly path: string;
}

export interface SyntaxFault extends Place {
  readonly message: string;
}

/** What a Python file says, without running it. */
export interface PythonFacts {
  readonly kind: "python";
  readonly imports: readonly ImportFact[];
  /** Line of `if __name__ == "__main__":`, or null. */
  readonly mainGuardLine: number | null;
  /** The first statement outside functions and classes that does something when the file is run, or null. */
  readonly topLevelWorkLine: number | null;
  readonly calls: readonly CallFact[];
  readonly environment: readonly EnvironmentFact[];
  readonly absolutePaths: readonly PathFact[];
  /** Python files and notebooks that the code has run by path (subprocess, runpy, exec of what it opens, %run), as written. */
  readonly scripts: readonly PathFact[];
  /** Package installations that the code carries out when it runs. */
  readonly installs: readonly InstallFact[];
  readonly syntaxError: SyntaxFault | null;
  /** True where the module opens with a docstring. */
  readonly docstring: boolean;
  /** Why nothing could be read (too large, not readable, gone), else null. */
  readonly unreadable: string | null;
}

/** One code cell. */
export interface CellFacts {
  /** Counted from 1 among the code cells. */
  readonly number: number;
  /** Index in the notebook's list of cells, Markdown ones included. */
  readonly index: number;
  /** Line in the .ipynb file where the source begins; null where unknown. */
  readonly line: number | null;
  readonly executionCount: number | null;
  readonly hasOutputs: boolean;
  /** True where the cell is meant to fail, by the tag raises-exception, or failed when it was last run. */
  readonly raises: boolean;
  readonly tags: readonly string[];
  /** True where the source is blank or comments only. */
  readonly empty: boolean;
  /** Module-level names that the cell binds, and those that it reads from elsewhere; sorted. */
  readonly defines: readonly string[];
  readonly uses: readonly string[];
}

/** A package installation: `!pip install x` in a notebook, `subprocess.run(["pip", "install", "y"])`. */
export interface InstallFact extends Place {
  readonly text: string;
}

export interface NotebookFacts {
  readonly kind: "notebook";
  readonly cells: readonly CellFacts[];
  readonly kernelName: string | null;
  readonly language: string | null;
  /** The version of Python that it was last saved with ("3.11.4"). */
  readonly pythonVersion: string | null;
  readonly findings: readonly Finding[];
  /** The facts of all code cells together. */
  readonly python: PythonFacts;
}

export type SourceFacts = PythonFacts | NotebookFacts;

/** How the reason begins where the parser, not the file, is at fault; such facts are not kept. */
const parserFailure = "the parser gave up: ";

/** Facts of a file on which the parser failed. */
export function parserGaveUp(error: unknown): PythonFacts {
  return emptyPythonFacts(parserFailure + (error instanceof Error ? error.message : String(error)));
}

/** True where reading the same content again must give the same facts. */
export function isLasting(facts: SourceFacts): boolean {
  const { unreadable } = facts.kind === "python" ? facts : facts.python;
  return unreadable?.startsWith(parserFailure) !== true;
}

/** Facts of a file that says nothing, or of which nothing could be read. */
export function emptyPythonFacts(unreadable: string | null = null): PythonFacts {
  return {
    kind: "python",
    imports: [],
    mainGuardLine: null,
    topLevelWorkLine: null,
    calls: [],
    environment: [],
    absolutePaths: [],
    scripts: [],
    installs: [],
    syntaxError: null,
    docstring: false,
    unreadable,
  };
}
