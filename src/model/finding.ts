import { z } from "zod";

export const severitySchema = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof severitySchema>;

/** A fault in the examined project: what, where, why it matters and how to mend it. Lines count from 1. */
export const findingSchema = z
  .object({
    rule: z.string(),
    severity: severitySchema,
    message: z.string(),
    file: z.string().nullable(),
    line: z.int().positive().nullable(),
    why: z.string().nullable(),
    fix: z.string().nullable(),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;

/** A place in the examined project: a path relative to its root, and a line counted from 1. */
export const locationSchema = z.object({ file: z.string(), line: z.int().positive().nullable() }).readonly();
export type Location = z.infer<typeof locationSchema>;
