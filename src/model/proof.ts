import { z } from "zod";
import { comparisonSchema } from "./comparison.ts";
import { findingSchema } from "./finding.ts";
import { isolationSchema } from "./run.ts";

export const verdictSchema = z.enum(["met", "unmet", "unknown"]);
export type Verdict = z.infer<typeof verdictSchema>;

const evidenceStatusSchema = z.enum(["proved", "attested", "claimed", "missing", "failed"]);

export const evidenceSchema = z
  .object({ id: z.string(), status: evidenceStatusSchema, summary: z.string() })
  .readonly();
export type Evidence = z.infer<typeof evidenceSchema>;

/** The second verdict: does a run give what the owner committed? Counts are of outputs and notebook cells. */
export const committedSchema = z
  .object({
    verdict: z.enum(["reproduced", "partly", "not", "nothing to compare", "unknown"]),
    compared: z.int().nonnegative(),
    identical: z.int().nonnegative(),
    normalised: z.int().nonnegative(),
    tolerance: z.int().nonnegative(),
    different: z.int().nonnegative(),
    /** What differs from the committed state, with the first places. */
    comparisons: z.array(comparisonSchema).readonly(),
  })
  .readonly();
export type Committed = z.infer<typeof committedSchema>;

/** What a level's proof showed, with all that is needed to tell later whether it still holds. */
export const proofSchema = z
  .object({
    schemaVersion: z.literal(1),
    level: z.int().min(0).max(7),
    verdict: verdictSchema,
    evidence: z.array(evidenceSchema).readonly(),
    findings: z.array(findingSchema).readonly(),
    provedAt: z.string(),
    /** Digest over the inputs (code, data, commands, spec, lock) and the blob that lists each of them. */
    inputsDigest: z.string(),
    inputsBlob: z.string(),
    lockDigest: z.string().nullable(),
    commit: z.string().nullable(),
    /** Files in which the tree differed from the commit. */
    notInCommit: z.array(z.string()).readonly(),
    interpreter: z.string(),
    environment: z.string(),
    platform: z.string(),
    isolation: isolationSchema.nullable(),
    /** Runs per command. */
    repeats: z.int().nonnegative(),
    comparisons: z.array(comparisonSchema).readonly(),
    /** Ids of the runs; the first of each command is the reference. */
    runs: z.array(z.string()).readonly(),
    /** Names the reference outputs that this proof made (level 0) or was compared with. */
    referenceDigest: z.string(),
    committed: committedSchema.nullable(),
    /** How many committed results the owner had replaced by the runs' own before this proof. */
    resultsReplaced: z.int().nonnegative(),
    /** Why the proof is only partial (a fallback, a subset), else null. */
    partial: z.string().nullable(),
  })
  .readonly();
export type Proof = z.infer<typeof proofSchema>;
