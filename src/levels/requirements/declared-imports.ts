import { inferNeeds } from "../../inference/index.ts";
import { makeFinding, type Evidence, type Finding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { specManifests } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** An import that nothing declares, with where it stands. */
export interface UndeclaredImport {
  readonly module: string;
  /** What is taken to provide it; null where that is in doubt. */
  readonly distribution: string | null;
  readonly candidates: readonly string[];
  readonly file: string;
  readonly line: number | null;
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
  const { commands } = subject.project;
  return inferNeeds({ ...subject, commands, installed: null }).needs.flatMap((need) => {
    const { module, distribution, candidates, context, location } = need;
    if (context === "hidden" || candidates.some((name) => declared.has(name))) return [];
    const optional = context === "optional";
    return [{ module, distribution, candidates, file: location.file, line: location.line, optional }];
  });
}

function declaredNames(subject: Subject): ReadonlySet<string> {
  const manifests = specManifests(subject.project);
  return new Set(
    manifests.flatMap((manifest) =>
      manifest.requirements.filter((item) => item.group !== "build-system").map((item) => item.name),
    ),
  );
}

function toFinding({ module, distribution, candidates, file, line, optional }: UndeclaredImport): Finding {
  const named =
    distribution ?? (candidates.length > 1 ? `one of ${candidates.join(", ")}` : `what provides ${module}`);
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
