import { z } from "zod";
import { locationSchema } from "./finding.ts";

/** How a command came to be known: declared for machines, found in a file that names it, or guessed from the code. */
const commandOriginSchema = z.enum(["declared", "found", "guessed"]);

export const commandKindSchema = z.enum(["run", "notebook", "test"]);
export type CommandKind = z.infer<typeof commandKindSchema>;

/**
 * One thing that the project's owner runs. `run` is a shell line for kinds run and test, and the notebook's path for
 * kind notebook; paths are relative to the project's root. `timeoutSeconds` bounds one execution.
 */
export const commandSchema = z
  .object({
    name: z.string(),
    kind: commandKindSchema,
    run: z.string(),
    cwd: z.string(),
    env: z.record(z.string(), z.string()).readonly(),
    timeoutSeconds: z.number().positive(),
    /** Names of the commands whose outputs this one reads; they run before it in the same tree. */
    needs: z.array(z.string()).readonly(),
    /** Files or globs that a good run leaves; a missing one is a failure whatever the exit code. */
    outputs: z.array(z.string()).readonly(),
    /** True where the owner declared that the command needs the network. */
    network: z.boolean(),
    /** Name of the command that stands in where this one's hardware or data is absent. */
    fallback: z.string().nullable(),
    origin: commandOriginSchema,
    location: locationSchema.nullable(),
  })
  .readonly();
export type Command = z.infer<typeof commandSchema>;
