import { resolveAsOf, type PythonChoice } from "../dating/index.ts";
import { environmentFromPins, type Progress } from "../environments/index.ts";
import type { Finding } from "../model/index.ts";
import { confineBuilds } from "../sandbox/index.ts";
import type { Attempt, Prepared } from "./attempt.ts";

export interface PrepareRequest {
  readonly attempt: Attempt;
  /** YYYY-MM-DD; null: today. */
  readonly date: string | null;
  /** Best first. */
  readonly pythons: readonly PythonChoice[];
  readonly allowBuilds: boolean;
  /** The project's own folder: builds may not see it. */
  readonly root: string;
}

/** Resolves an attempt as of its date and makes the environment. Throws ToolError where that fails. */
export async function prepare(
  { attempt, date, pythons, allowBuilds, root }: PrepareRequest,
  progress: Progress,
): Promise<Prepared & { readonly findings: readonly Finding[] }> {
  const confine = allowBuilds ? ((await confineBuilds(root)) ?? undefined) : undefined;
  const { asked, bounds } = attempt;
  const resolved = await resolveAsOf(
    { requirements: asked, bounds, date, pythons, allowBuilds, confine },
    progress,
  );
  const environment = await environmentFromPins(
    {
      pins: resolved.requirements,
      interpreter: resolved.python.interpreter,
      builds: resolved.builds,
      confine,
    },
    progress,
  );
  const { pins, requirements, findings } = resolved;
  return { environment, pins, requirements, leftOut: findings.flatMap(leftOutBy), findings };
}

/** A package without a wheel is left out by the resolution, which says so. */
function leftOutBy({ rule, message }: Finding): readonly string[] {
  const name = /^([\w.-]+) is left out/u.exec(message)?.[1];
  return rule === "requirement-dropped" && name !== undefined ? [name] : [];
}
