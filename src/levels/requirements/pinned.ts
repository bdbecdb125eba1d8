import { isPinned } from "../../manifests/index.ts";
import { makeFinding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { directRequirements, lockedIn, specFiles } from "../spec-files.ts";
import { reachableSources } from "../../inference/index.ts";
import type { Subject } from "../subject.ts";
import { contradictions } from "./contradictions.ts";

/** Level 1: the direct version of every dependency is pinned, or a lock beside it names the version. */
export function pinnedDependencies(subject: Subject): Check {
  const { project } = subject;
  const isLocked = lockedIn(project);
  const requirements = directRequirements(project);
  if (specFiles(project).length === 0 && reachableSources(subject).size > 0) return nothingDeclared(subject);
  const loose = requirements.filter((item) => !isPinned(item) && !isLocked(item));
  const unpinned = loose.map((item) =>
    makeFinding(
      "unpinned-dependency",
      "error",
      `${item.name || item.raw} is declared without a version (${item.raw.trim()})`,
      {
        file: item.location.file,
        line: item.location.line,
        why: "Whoever installs it next month may get another version, and with it other results.",
        fix: `Pin it (${item.name || "name"}==VERSION); rung climb 1 writes the version that was proved.`,
      },
    ),
  );
  const findings = [...unpinned, ...contradictions(project, "warning")];
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

function nothingDeclared(subject: Subject): Check {
  const finding = makeFinding("no-environment-spec", "error", "No file declares what to install", {
    why: "Others cannot know which packages the code needs; an empty file would say that it needs none.",
    fix: "Add a requirements.txt; rung climb 1 writes one from the imports.",
  });
  return { evidence: missing("pinned", `nothing declared in ${subject.project.name}`), findings: [finding] };
}
