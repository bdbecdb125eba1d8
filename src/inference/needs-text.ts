import type { Need } from "../model/index.ts";

/** Needs as lines of requirements, each with its reason and place; what has no distribution is a comment. */
export function needsText(needs: readonly Need[]): string {
  const width = Math.min(40, Math.max(0, ...needs.map((need) => requirementOf(need).length)));
  const lines = needs.map((need) =>
    need.distribution === null
      ? `# ${need.module}${placeOf(need)}: ${openQuestion(need)}`
      : `${requirementOf(need).padEnd(width)}  # ${need.reason}${placeOf(need)}${doubtOf(need)}`,
  );
  return lines.map((line) => `${line}\n`).join("");
}

function requirementOf({ distribution, specifier }: Need): string {
  return distribution === null ? "" : `${distribution}${specifier ?? ""}`;
}

function openQuestion({ candidates, reason }: Need): string {
  return candidates.length > 1 ? `one of ${candidates.join(", ")}` : reason;
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
