import { z } from "zod";

/** What can make two runs of one command differ. Each has a perturbation that changes it, and nothing else. */
export const causeKinds = [
  "random-seed",
  "entropy",
  "hash-seed",
  "directory-order",
  "clock",
  "time-zone",
  "locale",
  "working-directory",
  "tree-path",
  "home",
  "user",
  "hostname",
  "environment",
  "umask",
  "cpu-count",
  "cpu-features",
  "threads",
  "process-id",
  "memory-address",
  "file-times",
  "temp-folder",
  "network",
  "input-changed",
] as const;

export const causeKindSchema = z.enum(causeKinds);
export type CauseKind = z.infer<typeof causeKindSchema>;

/** A change to the project's code that takes a cause away; `confirmed` where runs with it were the same. */
export const mendSchema = z
  .object({ summary: z.string(), patch: z.string().nullable(), confirmed: z.boolean() })
  .readonly();
export type Mend = z.infer<typeof mendSchema>;

/**
 * Why two runs differ. `file` is relative to the root; `line` counts from 1, in a notebook within the code cell `cell`
 * (counted from 1 as well). A cause is `confirmed` by an experiment, which `experiment` tells in one sentence with its
 * count; else it is a suspect.
 */
export const causeSchema = z
  .object({
    kind: causeKindSchema,
    file: z.string().nullable(),
    line: z.int().positive().nullable(),
    cell: z.int().positive().nullable(),
    confirmed: z.boolean(),
    experiment: z.string(),
    /** The outputs it reaches, named as comparisons name them. */
    outputs: z.array(z.string()).readonly(),
    mend: mendSchema.nullable(),
  })
  .readonly();
export type Cause = z.infer<typeof causeSchema>;

/** The verdict of `rung why` and `rung shake`; `runs` is how many runs it took. */
export const diagnosisSchema = z
  .object({
    schemaVersion: z.literal(1),
    command: z.string(),
    verdict: z.enum(["same", "different", "failed"]),
    /** Beside "failed": the command runs, and too little could be compared to say anything. */
    undecided: z.boolean().optional(),
    runs: z.int().nonnegative(),
    causes: z.array(causeSchema).readonly(),
    /** In plain words: what was tried, what could not be, and what remains unexplained. */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type Diagnosis = z.infer<typeof diagnosisSchema>;
