import { z } from "zod";
import { commandSchema } from "./command.ts";
import { findingSchema, locationSchema } from "./finding.ts";
import { requirementSchema } from "./requirement.ts";

const locatedName = z.object({ name: z.string(), location: locationSchema }).readonly();

/** Where packages come from: an index (PEP 503), one asked besides it, a folder or page of links, or a conda channel. */
const packageIndexSchema = z
  .object({
    kind: z.enum(["index", "extra-index", "find-links", "channel"]),
    url: z.string(),
    location: locationSchema,
  })
  .readonly();

/** A variable that commands find set; `value` is null where only its name is declared. */
const declaredVariableSchema = z
  .object({ name: z.string(), value: z.string().nullable(), location: locationSchema })
  .readonly();

/** A file that is fetched before commands run. `path` is relative to the project's root; null where only a variable names it. */
const declaredDownloadSchema = z
  .object({
    path: z.string().nullable(),
    url: z.string(),
    /** "sha256:" and the digest in hex, or another algorithm's name; null where none is stated. */
    digest: z.string().nullable(),
    location: locationSchema,
  })
  .readonly();

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
    /** Packages of the operating system (apt.txt, apt-get in a Dockerfile). */
    systemPackages: z.array(locatedName).readonly(),
    indexes: z.array(packageIndexSchema).readonly(),
    variables: z.array(declaredVariableSchema).readonly(),
    downloads: z.array(declaredDownloadSchema).readonly(),
    /** True where the file names every recursive dependency by version (a lock). */
    isLock: z.boolean(),
    findings: z.array(findingSchema).readonly(),
  })
  .readonly();
export type Manifest = z.infer<typeof manifestSchema>;
