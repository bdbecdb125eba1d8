import type { Need } from "../model/index.ts";

/** Needs as lines of requirements, each with its reason and place; what has no distribution is a comment. */
export function needsText(needs: readonly Need[]): string {
  const lines = needs.map(
    (need) => [requirementOf(need), `# ${need.reason}${placeOf(need)}${doubtOf(need)}`] as const,
  );
  const width = Math.min(40, Math.max(0, ...lines.map(([requirement]) => requirement.length)));
  return lines.map(([requirement, comment]) => `${requirement.padEnd(width)}  ${comment}\n`).join("");
}

function requirementOf({ module, distribution, candidates, specifier }: Need): string {
  if (distribution !== null) return `${distribution}${specifier ?? ""}`;
  const [only, ...more] = candidates;
  if (only === undefined) return `# ${module}: unknown`;
  return more.length === 0 ? `# ${module}: ${only}?` : `# ${module}: one of ${candidates.join(", ")}`;
}

function placeOf({ location: { file, line } }: Need): string {
  if (file === "") return "";
  return line === null ? ` (${file})` : ` (${file}:${line})`;
}

function doubtOf({ known, context }: Need): string {
  const doubts = [
    ...(context === "optional" ? ["optional"] : []),
    ...(known === "same-name" ? ["by its name alone"] : []),
  ];
  return doubts.length === 0 ? "" : `; ${doubts.join(", ")}`;
}
