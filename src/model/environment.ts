import { z } from "zod";

export const interpreterSchema = z
  .object({
    /** Absolute path of the executable. */
    executable: z.string(),
    /** "3.11.7" */
    version: z.string(),
    implementation: z.string(),
    /** sys.base_prefix: the installation that a virtual environment leans on. */
    basePrefix: z.string(),
  })
  .readonly();
export type Interpreter = z.infer<typeof interpreterSchema>;

/** A realised environment, entered by putting `binDirectory` first on PATH: no activation script is needed. */
export const environmentSchema = z
  .object({
    /** Where it came from: the owner's own, made from a lock, made from the spec, or the bare interpreter. */
    source: z.enum(["own", "lock", "spec", "interpreter"]),
    prefix: z.string(),
    binDirectory: z.string(),
    interpreter: interpreterSchema,
    /** Digest of what it was made from; null for the owner's own. */
    digest: z.string().nullable(),
    description: z.string(),
    /** Installed distributions: normalised name to version. */
    packages: z.record(z.string(), z.string()).readonly(),
  })
  .readonly();
export type Environment = z.infer<typeof environmentSchema>;
