import { z } from "zod";
import { circumstancesSchema } from "./circumstances.ts";

/**
 * One thing that a run leaves. For kind file, `path` is relative to the project's root and `change` says what the run
 * did to it ("rewritten": touched, with the content that it had). For the others `path` is "" and `change` is created.
 * `digest` is the sha256 (hex) of the content in the blob store; null where the file was deleted.
 */
export const outputSchema = z
  .object({
    kind: z.enum(["file", "stdout", "exit", "notebook"]),
    path: z.string(),
    change: z.enum(["created", "modified", "rewritten", "deleted"]),
    digest: z.string().nullable(),
    size: z.int().nonnegative(),
    mode: z.int().nonnegative(),
    /** A symbolic link's target is its content. */
    symlink: z.boolean(),
  })
  .readonly();
export type Output = z.infer<typeof outputSchema>;

/** How far a run was kept apart from the machine around it. */
export const isolationSchema = z
  .object({
    kind: z.enum(["bubblewrap", "unshare", "none", "podman", "docker", "runc", "crun"]),
    /** "copy": the tree alone is fresh; "room": nothing of the owner's is visible; "place": the owner's own tree. */
    scope: z.enum(["copy", "room", "place"]),
    network: z.boolean(),
    description: z.string(),
  })
  .readonly();
export type Isolation = z.infer<typeof isolationSchema>;

/** One execution of one command. Digests name blobs in the store; times are ISO 8601 in UTC, durations milliseconds. */
export const runSchema = z
  .object({
    schemaVersion: z.literal(1),
    id: z.string(),
    command: z.string(),
    kind: z.enum(["run", "notebook", "test"]),
    startedAt: z.string(),
    durationMs: z.number().nonnegative(),
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    timedOut: z.boolean(),
    /** Declared outputs that the run did not leave. */
    missingOutputs: z.array(z.string()).readonly(),
    outputs: z.array(outputSchema).readonly(),
    stderr: z.string().nullable(),
    /** The last lines of stderr (or of the failing cell), for people. */
    errorTail: z.string(),
    isolation: isolationSchema,
    python: z.string(),
    /** The blob with what it really did (a Trace, packed); left out where nobody watched, and in older records. */
    trace: z.string().optional(),
    /** What it was made from, where `rung run` recorded it. */
    circumstances: circumstancesSchema.optional(),
  })
  .readonly();
export type Run = z.infer<typeof runSchema>;
