import { ToolError } from "../model/index.ts";
import type { Subject } from "./subject.ts";

/** Throws CONFIG_INVALID where rung.toml (or [tool.rung]) says what cannot be followed: a proof of less proves nothing. */
export function refuseBrokenConfig(subject: Subject): void {
  const { configFile, findings } = subject.project;
  const broken = findings.find(
    (finding) =>
      finding.file === configFile && finding.severity === "error" && finding.rule.startsWith("config-"),
  );
  if (broken === undefined || configFile === null) return;
  throw new ToolError("CONFIG_INVALID", broken.message, {
    hint: broken.fix ?? "Mend it; rung check shows all that is wrong with the file, and runs nothing.",
    location: { file: configFile, ...(broken.line === null ? {} : { line: broken.line }) },
  });
}
