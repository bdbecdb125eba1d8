import type { Progress } from "../environments/index.ts";
import type { Finding, Interpreter } from "../model/index.ts";
import type { Attempt, Prepared } from "./attempt.ts";
import { resolveAsOf } from "./contracts.ts";

export interface PrepareRequest {
  readonly attempt: Attempt;
  readonly date: string | null;
  readonly pythons: readonly Interpreter[];
  readonly allowBuilds: boolean;
}

/** Resolves an attempt as of its date and makes the environment. Throws ToolError where that fails. */
export async function prepare(
  { attempt, date, pythons, allowBuilds }: PrepareRequest,
  progress: Progress,
): Promise<Prepared & { readonly findings: readonly Finding[] }> {
  const resolved = await resolveAsOf(
    { requirements: attempt.asked, bounds: attempt.bounds, date, pythons, allowBuilds },
    progress,
  );
  return { environment: resolved.environment, pins: resolved.pins, findings: resolved.findings };
}
