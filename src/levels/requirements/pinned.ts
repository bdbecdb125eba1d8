import { isPinned, onIndex } from "../../manifests/index.ts";
import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { lockedNames, specFiles, specManifests, statedRequirements } from "../spec-files.ts";
import { reachableSources } from "../../inference/index.ts";
import type { Subject } from "../subject.ts";
import { condaFromIndex } from "./conda-packages.ts";
import { contradictions } from "./contradictions.ts";
import { halfHashed } from "./half-hashed.ts";

/** Level 1: the direct version of every dependency is pinned, or a lock beside it names the version; pip would install them. */
export function pinnedDependencies(subject: Subject): Check {
  const { project } = subject;
  const locked = lockedNames(project);
  // What only conda has is not installed, and so needs no version here.
  const requirements = statedRequirements(project).filter((said) => onIndex(said) !== null);
  if (specFiles(project).length === 0 && reachableSources(subject).size > 0) return nothingDeclared(subject);
  const loose = requirements.filter((item) => !isPinned(item) && !locked.has(onIndex(item)?.name ?? ""));
  const refused = halfHashed(project);
  const findings = [
    ...loose.map(unpinned),
    ...refused,
    ...specManifests(project).flatMap((manifest) => condaFromIndex(manifest) ?? []),
    ...contradictions(project, "warning"),
  ];
  if (loose.length === 0 && refused.length > 0)
    return {
      evidence: missing("pinned", `pip refuses ${specFiles(project).join(", ")}: not every line has a hash`),
      findings,
    };
  return loose.length === 0
    ? {
        evidence: claimed("pinned", `${requirements.length} direct dependencies, each with its version`),
        findings,
      }
    : {
        evidence: missing(
          "pinned",
          `without a version: ${loose.map((item) => item.name || item.raw).join(", ")}`,
        ),
        findings,
      };
}

function unpinned(item: Requirement): Finding {
  const { ecosystem, name, raw, location } = item;
  const prefix = ecosystem === "conda" ? /^[^=<>!~]*=\s*([\d.]+)\s*$/u.exec(raw)?.[1] : undefined;
  const fix =
    prefix === undefined
      ? `Pin it (${name || "name"}==VERSION); rung climb 1 writes the version that was proved.`
      : `Write ${name}==${prefix} where that is the whole version: to conda one "=" takes every version that begins so. rung climb 1 writes the one that was proved.`;
  return makeFinding(
    "unpinned-dependency",
    "error",
    `${name || raw} is declared without ${item.specifier === "" ? "a version" : "its exact version"} (${raw.trim()})`,
    {
      ...location,
      why: "Whoever installs it next month may get another version, and with it other results.",
      fix,
    },
  );
}

function nothingDeclared(subject: Subject): Check {
  const finding = makeFinding("no-environment-spec", "error", "No file declares what to install", {
    why: "Others cannot know which packages the code needs; an empty file would say that it needs none.",
    fix: "Add a requirements.txt; rung climb 1 writes one from the imports.",
  });
  return { evidence: missing("pinned", `nothing declared in ${subject.project.name}`), findings: [finding] };
}
