import type { Finding, Severity } from "./finding.ts";

/** A Finding with what is not known set to null, so that the printed JSON always has the same keys. */
export function makeFinding(
  rule: string,
  severity: Severity,
  message: string,
  more: { file?: string | null; line?: number | null; why?: string; fix?: string } = {},
): Finding {
  return {
    rule,
    severity,
    message,
    file: more.file ?? null,
    line: more.line ?? null,
    why: more.why ?? null,
    fix: more.fix ?? null,
  };
}
