import { z } from "zod";
import { commandSchema } from "./command.ts";
import { findingSchema, locationSchema } from "./finding.ts";
import { requirementSchema } from "./requirement.ts";

/** What one file declares, in one shape for all formats. `path` is relative to the project's root. */
export const manifestSchema = z
  .object({
    format: z.string(),
    path: z.string(),
    projectName: z.string().nullable(),
    requirements: z.array(requirementSchema).readonly(),
    constraints: z.array(requirementSchema).readonly(),
    /** The Python that it asks for, as a PEP 440 specifier set ("==3.11.*", ">=3.10"), and where. */
    python: z.object({ specifier: z.string(), location: locationSchema }).readonly().nullable(),
    commands: z.array(commandSchema).readonly(),
    /** True where the file names every recursive dependency by version (a lock). */
    isLock: z.boolean(),
    findings: z.array(findingSchema).readonly(),
  })
  .readonly();
export type Manifest = z.infer<typeof manifestSchema>;
