import { z } from "zod";

/** A file of the tree that a run read, as it was before it. `kept`: its content is a blob of the store. */
export const runInputSchema = z
  .object({
    path: z.string(),
    /** sha256 (hex) of the content, or of a link's target. */
    digest: z.string(),
    role: z.enum(["code", "data"]),
    kept: z.boolean(),
  })
  .readonly();
export type RunInput = z.infer<typeof runInputSchema>;

/** What a run was made from, as `rung run` records it: enough to make it again, and to swap one part for another's. */
export const circumstancesSchema = z
  .object({
    /** The command as it was declared: its shell line (a notebook's path), its folder, its own variables. */
    line: z.string(),
    cwd: z.string(),
    env: z.record(z.string(), z.string()).readonly(),
    /** What the owner put after the line. */
    words: z.array(z.string()).readonly(),
    seed: z.int().nonnegative().nullable(),
    /** Generators that the code makes without a seed got one, too. */
    forceSeed: z.boolean(),
    environment: z
      .object({
        source: z.enum(["own", "lock", "spec", "interpreter"]),
        description: z.string(),
        /** Of what it was made from; null for the owner's own. */
        digest: z.string().nullable(),
        prefix: z.string(),
        interpreter: z.string(),
        packages: z.record(z.string(), z.string()).readonly(),
      })
      .readonly(),
    /** The lock that lay in the tree; its digest names a blob. */
    lock: z.object({ path: z.string(), digest: z.string() }).readonly().nullable(),
    /** `diff` names a blob: the tracked files against the commit, as a patch; null where there is none to tell. */
    git: z
      .object({
        commit: z.string().nullable(),
        modified: z.array(z.string()).readonly(),
        untracked: z.array(z.string()).readonly(),
        diff: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    /** The declared variables that were set. A secret's value is null: that it was set is all that is kept. */
    variables: z
      .array(z.object({ name: z.string(), value: z.string().nullable(), secret: z.boolean() }).readonly())
      .readonly(),
    /** What the trace saw read in the tree, and the code; all of the code and data where nobody watched. */
    inputs: z.array(runInputSchema).readonly(),
    /** The blob with the whole tree before the run: a JSON list of [path, digest, kind, mode]. */
    tree: z.string(),
    /** The blob with the log: a head and entries, a JSON object a line, compressed (Zstandard). */
    log: z.string().nullable(),
    /** What could not be recorded, in words. */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type Circumstances = z.infer<typeof circumstancesSchema>;
