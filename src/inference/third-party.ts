import type { Command, Project } from "../model/index.ts";
import { codeOf, python2Modules, standardLibrary, type ImportFact } from "../source/index.ts";
import type { CodeBase } from "./code-base.ts";
import { reachFrom } from "./reach.ts";

/** An import of what is neither the project's own nor Python's. */
export interface ThirdPartyImport {
  readonly fact: ImportFact;
  /** The first part of the module's name. */
  readonly top: string;
  readonly file: string;
}

/** Every notebook's kernel brings these; they run the notebook, and are there wherever it runs. */
const broughtByKernel = new Set(["IPython", "ipykernel", "matplotlib_inline"]);

/**
 * What the commands import of third parties, imports for type checkers alone left out; each place once. Names are looked
 * up as Python does for each command by itself: from its script's folder or its working directory, PYTHONPATH and what
 * the code adds to sys.path.
 */
export function thirdPartyImports(code: CodeBase, commands: readonly Command[]): readonly ThirdPartyImport[] {
  const standard = standardLibrary(minorVersion(code.project));
  const found = new Map<ImportFact, ThirdPartyImport>();
  for (const command of commands) {
    const reach = reachFrom(code, [command]);
    for (const [file, facts] of reach.sources) {
      const hasKernel = command.kind === "notebook" || facts.kind === "notebook";
      for (const fact of codeOf(facts).imports) {
        const top = fact.module.split(".")[0] ?? "";
        if (fact.level > 0 || top === "" || standard.has(top) || reach.modules.has(top)) continue;
        if (python2Modules.has(top)) continue;
        if (fact.context === "type-checking" || (hasKernel && broughtByKernel.has(top))) continue;
        found.set(fact, { fact, top, file });
      }
    }
  }
  return [...found.values()];
}

/** The minor version of Python that the project asks for; the one in widest use where it asks for none. */
export function minorVersion({ python }: Project): string {
  return /(\d+\.\d+)/u.exec(python?.specifier ?? "")?.[1] ?? "3.11";
}
