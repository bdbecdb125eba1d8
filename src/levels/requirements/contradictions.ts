import { specifiersOverlap } from "../../manifests/index.ts";
import {
  makeFinding,
  type Finding,
  type Location,
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

const formats = new Set(["requirements.txt", "pyproject.toml"]);

/** What the project itself runs with, by the spec and by the declarations that stand beside it under the usual names. */
function declarations(project: Project): readonly Requirement[] {
  const specs = new Set(specManifests(project).map(({ path }) => path));
  return project.manifests
    .filter(
      ({ isLock, format, path }) => !isLock && formats.has(format) && (specs.has(path) || usual.has(path)),
    )
    .flatMap(({ requirements }) => requirements.filter(({ group, name }) => group === "" && name !== ""));
}

const usual = new Set(["requirements.txt", "pyproject.toml"]);

function declaredTwice(project: Project, severity: Finding["severity"]): readonly Finding[] {
  const first = new Map<string, Requirement>();
  const findings: Finding[] = [];
  for (const requirement of declarations(project)) {
    const earlier = first.get(requirement.name);
    if (earlier === undefined) {
      first.set(requirement.name, requirement);
      continue;
    }
    // With markers each may be for another platform or Python.
    const isElsewhere = earlier.marker !== requirement.marker;
    if (isElsewhere || specifiersOverlap([earlier.specifier, requirement.specifier])) continue;
    findings.push(
      makeFinding(
        "declared-twice",
        severity,
        `${requirement.name} is declared as ${requirement.specifier} here and as ${earlier.specifier} in ${placeText(earlier.location)}`,
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

function pythonContradictions(project: Project, severity: Finding["severity"]): readonly Finding[] {
  const { python } = project;
  if (python === null) return [];
  return project.manifests.flatMap((manifest) => {
    const other = manifest.isLock ? null : manifest.python;
    if (other === null || other.location.file === python.location.file) return [];
    if (specifiersOverlap([python.specifier, other.specifier], true)) return [];
    // The owner's own word in rung.toml settles it for machines; only installers hold to requires-python all the same.
    const isSettled = python.location.file === project.configFile && manifest.format !== "pyproject.toml";
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
