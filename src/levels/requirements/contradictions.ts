import { pypiName, specifiersOverlap } from "../../manifests/index.ts";
import {
  makeFinding,
  type Finding,
  type Location,
  type Manifest,
  type Project,
  type Requirement,
} from "../../model/index.ts";
import { specManifests } from "../spec-files.ts";

/**
 * Declarations that cannot both hold: one distribution with two versions, or a Python that another file excludes. At
 * level 1 they mislead the reader; at level 2 the environment is not unambiguous.
 */
export function contradictions(project: Project, severity: Finding["severity"]): readonly Finding[] {
  return [...declaredTwice(project, severity), ...pythonContradictions(project, severity)];
}

/** What the project itself runs with, by the spec and by the declarations that stand under the usual names. */
function declarations(project: Project): readonly Requirement[] {
  return project.manifests
    .filter((manifest) => !manifest.isLock && counts(project, manifest))
    .flatMap(({ requirements }) => requirements.filter(({ group, name }) => group === "" && name !== ""));
}

const counts = (project: Project, { path }: Manifest): boolean =>
  usual.test(path) || specManifests(project).some((spec) => spec.path === path);

const usual =
  /^(?:\.?binder\/)?(?:requirements\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|(?:environment|anaconda-project|conda-project)\.ya?ml|pixi\.toml)$/u;

/** The distribution on the Python index that a requirement gets; null where it has none (a compiler, an R package). */
const distributionOf = ({ ecosystem, name }: Requirement): string | null =>
  ecosystem === "conda" ? pypiName(name) : name;

function declaredTwice(project: Project, severity: Finding["severity"]): readonly Finding[] {
  const before = new Map<string, Requirement[]>();
  const findings: Finding[] = [];
  for (const requirement of declarations(project)) {
    const distribution = distributionOf(requirement);
    if (distribution === null) continue;
    const others = before.get(distribution) ?? [];
    before.set(distribution, [...others, requirement]);
    // With markers each may be for another platform or Python.
    const earlier = others.find(
      ({ marker, specifier }) =>
        marker === requirement.marker && !specifiersOverlap([specifier, requirement.specifier]),
    );
    if (earlier === undefined) continue;
    findings.push(
      makeFinding(
        "declared-twice",
        severity,
        `${distribution} is declared as ${requirement.specifier} here and as ${earlier.specifier} in ${placeText(earlier.location)}`,
        {
          ...requirement.location,
          why: "No environment satisfies both: which one a reader gets depends on the file that is installed from.",
          fix: `Keep one of them, or make both say the version that was proved.`,
        },
      ),
    );
  }
  return findings;
}

/** Formats whose Python an installer holds to when it installs the project. */
const packaging = new Set(["pyproject.toml", "setup.py", "setup.cfg"]);

function pythonContradictions(project: Project, severity: Finding["severity"]): readonly Finding[] {
  const { python } = project;
  if (python === null) return [];
  return project.manifests.flatMap((manifest) => {
    // Environments under names of their own (environment-dev.yml) stand beside the project's.
    const isBeside = manifest.format === "environment.yml" && !counts(project, manifest);
    const other = manifest.isLock || isBeside ? null : manifest.python;
    if (other === null || other.location.file === python.location.file) return [];
    if (specifiersOverlap([python.specifier, other.specifier], true)) return [];
    // The owner's own word in rung.toml settles it for machines; only installers hold to requires-python all the same.
    const isSettled = python.location.file === project.configFile && !packaging.has(manifest.format);
    return [
      makeFinding(
        "python-contradiction",
        isSettled ? "warning" : severity,
        `${placeText(python.location)} asks for Python ${python.specifier}, ${placeText(other.location)} for ${other.specifier}`,
        {
          ...other.location,
          why: "No Python satisfies both: readers and machines follow one of the files, and not all the same.",
          fix: `Say the Python that was proved in both, or in one of them only.`,
        },
      ),
    ];
  });
}

function placeText({ file, line }: Location): string {
  return line === null ? file : `${file}:${line}`;
}
