import { z } from "zod";
import { locationSchema } from "./finding.ts";

/**
 * One declared dependency (PEP 508 and pip's own syntax).
 * `name` is normalised as PEP 503 says; it is empty where only a path or URL is given.
 * `specifier` is a PEP 440 specifier set such as ">=1.2,<2", or empty. `url` holds direct references, VCS ones included.
 * A conda match spec has its name as conda writes it in lower case, and its version as the nearest PEP 440 specifier
 * ("=1.22" is "==1.22.*"); the build and the channel are in `raw` alone.
 * Where a conda lock is for several platforms, `marker` says which of them a package is for, in PEP 508's terms.
 */
export const requirementSchema = z
  .object({
    ecosystem: z.enum(["pypi", "conda"]),
    name: z.string(),
    extras: z.array(z.string()).readonly(),
    specifier: z.string(),
    marker: z.string().nullable(),
    url: z.string().nullable(),
    editable: z.boolean(),
    hashes: z.array(z.string()).readonly(),
    /** "" for what the project runs with, else the extra or dependency group that it belongs to. */
    group: z.string(),
    raw: z.string(),
    location: locationSchema,
  })
  .readonly();
export type Requirement = z.infer<typeof requirementSchema>;
