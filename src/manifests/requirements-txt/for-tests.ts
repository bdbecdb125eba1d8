import type { RequirementsText } from "./read-requirements.ts";

/** A reading of what only tests install: its faults stop no run of the project, and are warnings. */
export function forTests(read: RequirementsText): RequirementsText {
  const findings = read.findings.map((finding) =>
    finding.severity === "error" ? { ...finding, severity: "warning" as const } : finding,
  );
  return { ...read, findings };
}
