import { inferNeeds, pinnedModules, type Inference } from "../../inference/index.ts";
import { pypiName } from "../../manifests/index.ts";
import { makeFinding, type Evidence, type Finding, type Need, type NeedKnown } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { specManifests, statedRequirements } from "../spec-files.ts";
import type { Subject } from "../subject.ts";
import { condaImportFinding, condaImports, type CondaImport } from "./conda-packages.ts";

/** An import that nothing declares, with where it stands. */
export interface UndeclaredImport {
  readonly module: string;
  /** What is taken to provide it; null where that is in doubt. */
  readonly distribution: string | null;
  readonly candidates: readonly string[];
  readonly known: NeedKnown;
  readonly file: string;
  readonly line: number | null;
  readonly optional: boolean;
}

/** Level 1: every third-party import is declared. */
export function declaredImports(subject: Subject): Check {
  const undeclared = undeclaredImports(subject);
  const needed = undeclared.filter((item) => !item.optional);
  const said = inferenceOf(subject).findings.filter(({ rule }) => besideUndeclared.has(rule));
  // An import that means a folder of the project is not mended by a declaration.
  const misses = new Set(said.filter(({ rule }) => rule === "near-miss-module").map(placeOf));
  const findings = undeclared
    .filter((item) => !misses.has(placeOf(item)))
    .map((item) => toFinding(item, declaredElsewhere(subject, item)));
  const ofConda = ofCondaAlone(subject);
  const lost = ofConda.filter(({ need }) => need.context !== "optional");
  const evidence: Evidence =
    needed.length === 0 && lost.length > 0
      ? missing(
          "imports-declared",
          `imported, and only conda has it: ${lost.map(({ need }) => need.module).join(", ")}`,
        )
      : needed.length === 0
        ? claimed("imports-declared", "every third-party import is declared")
        : missing(
            "imports-declared",
            `imported and not declared: ${needed.map((item) => item.module).join(", ")}`,
          );
  const needs = undeclaredNeeds(subject).map(needFinding);
  return { evidence, findings: [...findings, ...ofConda.map(condaImportFinding), ...needs, ...said] };
}

const besideUndeclared = new Set(["near-miss-module", "shadowed-module", "over-declared", "wrong-mapping"]);

const placeOf = ({ file, line }: { readonly file: string | null; readonly line: number | null }): string =>
  `${file ?? ""}:${line ?? ""}`;

/** Third-party modules that the project's commands import and no spec declares; each once, at its first place. */
export function undeclaredImports(subject: Subject): readonly UndeclaredImport[] {
  const declared = declaredNames(subject);
  const ofConda = new Set(ofCondaAlone(subject).map(({ need }) => need));
  return inferenceOf(subject).needs.flatMap((need) => {
    const { module, distribution, candidates, known, context, location } = need;
    if (context === "hidden" || ofConda.has(need) || candidates.some((name) => declared.has(name))) return [];
    const optional = context === "optional";
    return [{ module, distribution, candidates, known, file: location.file, line: location.line, optional }];
  });
}

/** What calls need, or the code installs itself, and no spec declares: imported by none of the project's code. */
export function undeclaredNeeds(subject: Subject): readonly Need[] {
  const declared = declaredNames(subject);
  return inferenceOf(subject).needs.filter(
    ({ context, candidates }) => context === "hidden" && !candidates.some((name) => declared.has(name)),
  );
}

function needFinding({ distribution, reason, location }: Need): Finding {
  return makeFinding("undeclared-need", "warning", `${distribution ?? ""} is needed and declared nowhere`, {
    ...location,
    why: `No import shows it; ${reason}.`,
    fix: `Add ${distribution ?? "it"} to the project's requirements.`,
  });
}

const inferences = new WeakMap<Subject, Inference>();

function inferenceOf(subject: Subject): Inference {
  const earlier = inferences.get(subject);
  if (earlier !== undefined) return earlier;
  const inference = inferNeeds({
    ...subject,
    commands: subject.project.commands,
    installed: null,
    pinned: pinnedModules(subject.project),
  });
  inferences.set(subject, inference);
  return inference;
}

/** What the spec declares, the code imports and the Python index does not have. */
function ofCondaAlone(subject: Subject): readonly CondaImport[] {
  const { needs } = inferenceOf(subject);
  return condaImports(
    needs.filter(({ context }) => context !== "hidden"),
    statedRequirements(subject.project),
  );
}

/** By the names on the Python index. */
function declaredNames(subject: Subject): ReadonlySet<string> {
  const manifests = specManifests(subject.project);
  return new Set(
    manifests.flatMap(({ requirements }) =>
      requirements
        .filter(({ group }) => group !== "build-system")
        .flatMap(({ ecosystem, name }) => (ecosystem === "conda" ? (pypiName(name) ?? []) : name)),
    ),
  );
}

interface Elsewhere {
  /** "environment.yml:9" */
  readonly place: string;
  readonly spec: string;
}

/** Where a file that is not the spec declares it; null where none does. */
function declaredElsewhere({ project }: Subject, { candidates }: UndeclaredImport): Elsewhere | null {
  const [spec] = specManifests(project);
  if (spec === undefined) return null;
  for (const { isLock, requirements } of project.manifests) {
    if (isLock) continue;
    const found = requirements.find(({ ecosystem, name, group }) => {
      const onPypi = ecosystem === "conda" ? pypiName(name) : name;
      return group !== "build-system" && onPypi !== null && candidates.includes(onPypi);
    });
    if (found === undefined) continue;
    const { file, line } = found.location;
    return { place: line === null ? file : `${file}:${line}`, spec: spec.path };
  }
  return null;
}

function toFinding(
  { module, distribution, candidates, known, file, line, optional }: UndeclaredImport,
  elsewhere: Elsewhere | null,
): Finding {
  const named =
    distribution ?? (candidates.length > 1 ? `one of ${candidates.join(", ")}` : `what provides ${module}`);
  return makeFinding(
    "undeclared-import",
    optional ? "warning" : "error",
    `${module} is imported${optional ? " where it is there" : ""} and declared ${elsewhere === null ? "nowhere" : `in ${elsewhere.place}, not in ${elsewhere.spec}`}`,
    {
      file,
      line,
      why: optional
        ? "With and without it the code does different things, so results may depend on what happens to be installed."
        : "Whoever installs what the project declares gets an environment in which this import fails.",
      fix: `Add ${named} to ${elsewhere === null ? "the project's requirements" : elsewhere.spec}${sourceOf(known)}.`,
    },
  );
}

/** How the distribution to add is known, where that is more, or less, than the table. */
function sourceOf(known: NeedKnown): string {
  if (known === "pinned") return " (by the files of the release that is pinned)";
  return known === "same-name" ? " (so called by its module's name alone)" : "";
}
