import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { specifiersOverlap } from "../requirement/overlap.ts";
import { trapFinding } from "./trap-names.ts";

/**
 * What is wrong with requirements whatever the format: names that are traps, specifiers that no version satisfies, the
 * same name with two specifiers in one file. A lock is a tool's work and is not judged.
 */
export function checkRequirements(manifest: Manifest): readonly Finding[] {
  if (manifest.isLock) return [];
  const declared = [...manifest.requirements, ...manifest.constraints];
  const findings = [
    ...manifest.requirements.map(trapFinding).filter((finding) => finding !== null),
    ...declared.map(unsatisfiable).filter((finding) => finding !== null),
    ...repeated(manifest.requirements),
  ];
  // A line that several groups include is one line.
  const seen = new Set<string>();
  return findings.filter(({ rule, file, line, message }) => {
    const key = `${rule} ${file ?? ""} ${String(line)} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function unsatisfiable({ name, specifier, location }: Requirement): Finding | null {
  const clauses = specifier.split(",");
  if (clauses.length < 2 || specifiersOverlap(clauses)) return null;
  return makeFinding("requirement-unsatisfiable", "error", `no version of ${name} satisfies ${specifier}`, {
    ...location,
    why: "no environment can be made from this file",
    fix: "widen one of the bounds",
  });
}

/** The same name with different specifiers that some version satisfies; where none does, the files contradict themselves. */
function repeated(requirements: readonly Requirement[]): readonly Finding[] {
  const first = new Map<string, Requirement>();
  const findings: Finding[] = [];
  for (const requirement of requirements) {
    const { name, specifier, location, group, marker, ecosystem } = requirement;
    if (name === "" || requirement.url !== null) continue;
    const key = JSON.stringify([ecosystem, location.file, group, name, marker, requirement.extras]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, requirement);
    else if (earlier.specifier !== specifier && specifiersOverlap([earlier.specifier, specifier])) {
      const before = earlier.specifier === "" ? "any version" : earlier.specifier;
      const now = specifier === "" ? "any version" : specifier;
      findings.push(
        makeFinding(
          "requirement-repeated",
          "warning",
          `${name} is declared as ${now} here and as ${before} on line ${String(earlier.location.line)}`,
          {
            ...location,
            why: "both count, and some installers refuse the file",
            fix: "keep one line that says both bounds",
          },
        ),
      );
    }
  }
  return findings;
}
