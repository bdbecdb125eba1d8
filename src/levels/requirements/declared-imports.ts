import { makeFinding, type Evidence, type Finding } from "../../model/index.ts";
import { codeOf, distributionCandidates, standardLibrary, type ImportFact } from "../../source/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { localModules, reachableSources } from "../reach.ts";
import { specManifests } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** An import that nothing declares, with where it stands. */
export interface UndeclaredImport {
  readonly module: string;
  readonly candidates: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly optional: boolean;
}

/** Level 1: every third-party import is declared. */
export function declaredImports(subject: Subject): Check {
  const undeclared = undeclaredImports(subject);
  const needed = undeclared.filter((item) => !item.optional);
  const findings = undeclared.map((item) => toFinding(item));
  const evidence: Evidence =
    needed.length === 0
      ? claimed("imports-declared", "every third-party import is declared")
      : missing(
          "imports-declared",
          `imported and not declared: ${needed.map((item) => item.module).join(", ")}`,
        );
  return { evidence, findings };
}

/** Third-party modules that the project's commands import and no spec declares; each once, at its first place. */
export function undeclaredImports(subject: Subject): readonly UndeclaredImport[] {
  const declared = declaredNames(subject);
  const local = localModules(subject);
  const standard = standardLibrary(minorVersion(subject));
  const found = new Map<string, UndeclaredImport>();
  for (const [file, facts] of reachableSources(subject)) {
    for (const fact of codeOf(facts).imports) {
      const module = fact.module.split(".")[0] ?? "";
      if (facts.kind === "notebook" && broughtByKernel.has(module)) continue;
      if (fact.level > 0 || module === "" || standard.has(module) || local.has(module)) continue;
      const candidates = distributionCandidates(module);
      if (fact.context === "type-checking" || candidates.some((name) => declared.has(name))) continue;
      const earlier = found.get(module);
      const optional = isOptional(fact);
      if (earlier === undefined || (earlier.optional && !optional)) {
        found.set(module, { module, candidates, file, line: fact.line, optional });
      }
    }
  }
  return [...found.values()];
}

/** Every notebook's kernel brings these; they run the notebook, and are there wherever it runs. */
const broughtByKernel = new Set(["IPython", "ipykernel", "matplotlib_inline"]);

function isOptional(fact: ImportFact): boolean {
  return fact.context === "optional";
}

function declaredNames(subject: Subject): ReadonlySet<string> {
  const manifests = specManifests(subject.project);
  return new Set(
    manifests.flatMap((manifest) =>
      manifest.requirements.filter((item) => item.group !== "build-system").map((item) => item.name),
    ),
  );
}

function minorVersion(subject: Subject): string {
  return /(\d+\.\d+)/u.exec(subject.project.python?.specifier ?? "")?.[1] ?? "3.11";
}

function toFinding({ module, candidates, file, line, optional }: UndeclaredImport): Finding {
  const named = candidates.length === 1 ? (candidates[0] ?? module) : `one of ${candidates.join(", ")}`;
  return makeFinding(
    "undeclared-import",
    optional ? "warning" : "error",
    `${module} is imported${optional ? " where it is there" : ""} and declared nowhere`,
    {
      file,
      line,
      why: optional
        ? "With and without it the code does different things, so results may depend on what happens to be installed."
        : "Whoever installs what the project declares gets an environment in which this import fails.",
      fix: `Add ${named} to the project's requirements.`,
    },
  );
}
