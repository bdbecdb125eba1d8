import { z } from "zod";

/** From best to worst. "normalised" is equal after normalising volatile parts, by the rules named. */
export const samenessSchema = z.enum(["identical", "normalised", "tolerance", "different"]);
export type Sameness = z.infer<typeof samenessSchema>;

/** One place where two outputs differ. `where` is in the terms of the kind: "line 12", "cell 4", "row 3, column price". */
export const differenceSchema = z
  .object({ where: z.string(), before: z.string(), after: z.string() })
  .readonly();
export type Difference = z.infer<typeof differenceSchema>;

export const comparisonSchema = z
  .object({
    /** The output compared: a path, "stdout" or "notebook PATH cell N". */
    output: z.string(),
    command: z.string(),
    verdict: samenessSchema,
    comparator: z.string(),
    /** The normalising or tolerance rules that were needed. */
    rules: z.array(z.string()).readonly(),
    /** The first places that differ, at most ten. */
    differences: z.array(differenceSchema).readonly(),
    /** A measure of how far they differ, in words with its unit; null where none is defined. */
    measure: z.string().nullable(),
  })
  .readonly();
export type Comparison = z.infer<typeof comparisonSchema>;
