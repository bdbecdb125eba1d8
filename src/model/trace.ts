import { z } from "zod";

/** A place in the project's code: `line` counts from 1, in a notebook within code cell `cell`. */
export const codePlaceSchema = z
  .object({ file: z.string(), line: z.int().positive(), cell: z.int().positive().nullable() })
  .readonly();
export type CodePlace = z.infer<typeof codePlaceSchema>;

/** What was watched, and what could not be seen. "Not observed" is never "none". */
export const coverageSchema = z
  .object({
    /** audit: PEP 578 events. monitoring: PEP 669 call events. wrappers: wrapped functions (before 3.12). strace: --deep. */
    layers: z.array(z.enum(["audit", "monitoring", "wrappers", "strace"])).readonly(),
    /** Processes in which no hook ran, by id. */
    blindProcesses: z.array(z.string()).readonly(),
    /** In plain words, each a thing that could not be seen ("files that C code opened by itself"). */
    unseen: z.array(z.string()).readonly(),
    /** Events that were dropped over a bound. */
    dropped: z.int().nonnegative(),
    /** False where the record ends before the run did (a process was killed, the disk was full). */
    complete: z.boolean(),
  })
  .readonly();
export type Coverage = z.infer<typeof coverageSchema>;

export const tracedProcessSchema = z
  .object({
    /** "pid" or, where a pid came twice, "pid#2". */
    id: z.string(),
    parent: z.string().nullable(),
    executable: z.string(),
    argv: z.array(z.string()).readonly(),
    cwd: z.string(),
    /** Python's version where the hook ran in it. */
    python: z.string().nullable(),
    /** Milliseconds since the run started. */
    startMs: z.number(),
    endMs: z.number().nullable(),
    exitCode: z.int().nullable(),
    seenBy: z.enum(["hook", "strace", "both", "none"]),
  })
  .readonly();
export type TracedProcess = z.infer<typeof tracedProcessSchema>;

/** A file that the run read, wrote, listed or deleted. `path` is relative to the root where it lies in the tree. */
export const tracedFileSchema = z
  .object({
    path: z.string(),
    area: z.enum(["tree", "environment", "python", "temporary", "system", "outside"]),
    read: z.boolean(),
    written: z.boolean(),
    listed: z.boolean(),
    deleted: z.boolean(),
    processes: z.array(z.string()).readonly(),
    /** sha256 (hex) after the run; null for a folder, a device, or what is gone. */
    digest: z.string().nullable(),
    size: z.int().nonnegative().nullable(),
    changedWhileRunning: z.boolean(),
    /** Where the code first touched it. */
    at: codePlaceSchema.nullable(),
  })
  .readonly();
export type TracedFile = z.infer<typeof tracedFileSchema>;

export const tracedModuleSchema = z
  .object({
    /** Top-level name, as imported. */
    name: z.string(),
    distribution: z.string().nullable(),
    version: z.string().nullable(),
    file: z.string().nullable(),
  })
  .readonly();
export type TracedModule = z.infer<typeof tracedModuleSchema>;

/** A touch of something that varies: what, where, how often. `what` is the function ("time.time", "os.urandom"). */
export const touchSchema = z
  .object({ what: z.string(), at: codePlaceSchema.nullable(), count: z.int().positive() })
  .readonly();
export type Touch = z.infer<typeof touchSchema>;

/** One generator of random numbers: "random", "numpy.random", "numpy.Generator", "torch", "tensorflow", "hash". */
export const tracedGeneratorSchema = z
  .object({
    generator: z.string(),
    /** The seeds it was given, in order; a null value is one drawn from the system. */
    seeds: z
      .array(z.object({ value: z.string().nullable(), at: codePlaceSchema.nullable() }).readonly())
      .readonly(),
    /** Its state changed between import and exit, or a draw was seen. */
    used: z.boolean(),
    /** Used before, or without, any seed of a stated value. */
    unseededUse: z.boolean(),
    draws: z.array(touchSchema).readonly(),
    /** Where the project's own code drew, or made a generator, before or without a seed of a stated value. */
    unseeded: z.array(touchSchema).readonly(),
  })
  .readonly();
export type TracedGenerator = z.infer<typeof tracedGeneratorSchema>;

/** The machine as the run found it. */
export const tracedMachineSchema = z
  .object({
    platform: z.string(),
    cpu: z.string(),
    cpuCount: z.int().positive(),
    cpuFeatures: z.array(z.string()).readonly(),
    memoryBytes: z.int().nonnegative(),
    /** Numerical libraries that were loaded (OpenBLAS, MKL, OpenMP runtimes), by file name. */
    numericalLibraries: z.array(z.string()).readonly(),
    gpus: z.array(z.string()).readonly(),
    locale: z.string(),
    timeZone: z.string(),
  })
  .readonly();
export type TracedMachine = z.infer<typeof tracedMachineSchema>;

/** What a run really did. Lists are bounded; `coverage.dropped` counts what went over. */
export const traceSchema = z
  .object({
    schemaVersion: z.literal(1),
    run: z.string(),
    command: z.string(),
    root: z.string(),
    startedAt: z.string(),
    durationMs: z.number().nonnegative(),
    coverage: coverageSchema,
    processes: z.array(tracedProcessSchema).readonly(),
    files: z.array(tracedFileSchema).readonly(),
    modules: z.array(tracedModuleSchema).readonly(),
    /** Variables that the code looked at, by name; values never. */
    variables: z
      .array(z.object({ name: z.string(), present: z.boolean(), at: codePlaceSchema.nullable() }).readonly())
      .readonly(),
    hosts: z
      .array(
        z
          .object({
            host: z.string(),
            port: z.int().nullable(),
            how: z.enum(["connect", "resolve", "bind"]),
            at: codePlaceSchema.nullable(),
          })
          .readonly(),
      )
      .readonly(),
    generators: z.array(tracedGeneratorSchema).readonly(),
    entropy: z.array(touchSchema).readonly(),
    clocks: z.array(touchSchema).readonly(),
    /** Outputs in whose text the time of the run stands, as comparisons name them; left out where nobody looked. */
    timeInOutputs: z.array(z.string()).readonly().optional(),
    /** Questions to the machine: cpu_count, hostname, pid, user, cwd. */
    machineReads: z.array(touchSchema).readonly(),
    /** Listings of folders in no promised order. */
    listings: z.array(touchSchema).readonly(),
    threads: z.int().nonnegative(),
    libraries: z.array(z.string()).readonly(),
    machine: tracedMachineSchema,
    git: z.object({ commit: z.string().nullable(), modified: z.array(z.string()).readonly() }).nullable(),
  })
  .readonly();
export type Trace = z.infer<typeof traceSchema>;
