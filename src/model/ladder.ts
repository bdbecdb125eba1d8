import { z } from "zod";
import { commandSchema } from "./command.ts";
import { findingSchema } from "./finding.ts";
import { committedSchema, evidenceSchema, verdictSchema } from "./proof.ts";

export const rungSchema = z
  .object({
    level: z.int().min(0).max(7),
    title: z.string(),
    verdict: verdictSchema,
    evidence: z.array(evidenceSchema).readonly(),
    findings: z.array(findingSchema).readonly(),
    provedAt: z.string().nullable(),
    /** What changed since the proof, or that it has aged; null where it is fresh or there is none. */
    stale: z
      .object({ reason: z.string(), changed: z.array(z.string()).readonly() })
      .readonly()
      .nullable(),
  })
  .readonly();
export type Rung = z.infer<typeof rungSchema>;

/** The public contract: what status, check, prove and climb print with --json. */
export const ladderSchema = z
  .object({
    schemaVersion: z.literal(1),
    project: z
      .object({ name: z.string(), root: z.string(), target: z.int(), commit: z.string().nullable() })
      .readonly(),
    /** The highest rung met with all below it met; -1 when rung 0 is unmet; null when it is unknown. */
    level: z.int().min(-1).max(7).nullable(),
    rungs: z.array(rungSchema).readonly(),
    committed: committedSchema,
    /** What the level still rests on, in words. */
    dependsOn: z.array(z.string()).readonly(),
    commands: z.array(commandSchema).readonly(),
    /** Faults in reading the project that belong to no level. */
    findings: z.array(findingSchema).readonly(),
  })
  .readonly();
export type Ladder = z.infer<typeof ladderSchema>;
