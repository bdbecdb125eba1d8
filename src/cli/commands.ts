import type { CommandEntry } from "./define-command.ts";

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: "status",
    summary: "the ladder as last proved, at once (the default)",
    load: async () => (await import("./commands/status.ts")).status,
  },
  {
    name: "check",
    summary: "read files only: what each level requires, what is missing, and the fix",
    load: async () => (await import("./commands/check.ts")).check,
  },
  {
    name: "prove",
    summary: "run the proofs from level 0 upward until one fails",
    load: async () => (await import("./commands/prove.ts")).prove,
  },
  {
    name: "climb",
    summary: "lift the project to a level, each change shown as a diff",
    load: async () => (await import("./commands/climb.ts")).climb,
  },
  {
    name: "revive",
    summary: "bring back a project that no longer runs: date it, infer its needs, mend, run again",
    load: async () => (await import("./commands/revive.ts")).revive,
  },
  {
    name: "run",
    summary: "run one of the project's commands in its environment",
    load: async () => (await import("./commands/run.ts")).run,
  },
  {
    name: "trace",
    summary: "show what a run really did: processes, files, packages, seeds, clocks, network",
    load: async () => (await import("./commands/trace.ts")).trace,
  },
  {
    name: "runs",
    summary: "list the recorded runs: when, how they ended, seed, commit, what changed",
    load: async () => (await import("./commands/runs.ts")).runs,
  },
  {
    name: "log",
    summary: "show, filter or follow what a run said; or where two runs first say another thing",
    load: async () => (await import("./commands/log.ts")).log,
  },
  {
    name: "repeat",
    summary: "run a command n times in fresh copies: which outputs stay, and how sure that makes",
    load: async () => (await import("./commands/repeat.ts")).repeat,
  },
  {
    name: "why",
    summary: "say why two runs of a command differ: the cause, its line and the mend, by experiment",
    load: async () => (await import("./commands/why.ts")).why,
  },
  {
    name: "shake",
    summary: "look for what would differ elsewhere, another day, under another seed",
    load: async () => (await import("./commands/shake.ts")).shake,
  },
  {
    name: "lock",
    summary: "make the lock anew: every dependency with the hash of every artifact",
    load: async () => (await import("./commands/lock.ts")).lock,
  },
  {
    name: "infer",
    summary: "say which distributions the code needs, and how each is known",
    load: async () => (await import("./commands/infer.ts")).infer,
  },
  {
    name: "freeze",
    summary: "pin what is installed in a live environment, trimmed to what the commands need",
    load: async () => (await import("./commands/freeze.ts")).freeze,
  },
  {
    name: "export",
    summary: "write the lock for other tools: requirements with hashes, environment.yml, an SBOM",
    load: async () => (await import("./commands/export.ts")).exportLock,
  },
  {
    name: "archive",
    summary: "write the archive that others get, byte for byte the same each time",
    load: async () => (await import("./commands/archive.ts")).archive,
  },
  {
    name: "pack",
    summary: "write one archive with Python, packages and data that runs where there is nothing else",
    load: async () => (await import("./commands/pack.ts")).pack,
  },
  {
    name: "image",
    summary: "write a container image, byte for byte the same each time, with no container engine",
    load: async () => (await import("./commands/image.ts")).image,
  },
  {
    name: "init",
    summary: "write rung.toml from what was discovered",
    load: async () => (await import("./commands/init.ts")).init,
  },
  {
    name: "survey",
    summary: "check, revive or prove many projects, and write one table",
    load: async () => (await import("./commands/survey.ts")).survey,
  },
  {
    name: "cache",
    summary: "what Rung's cache takes, by kind; --prune removes what was long not used",
    load: async () => (await import("./commands/cache.ts")).cache,
  },
  {
    name: "demo",
    summary: "copy a worked example, climb it to level 3 and prove it",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  {
    name: "completion",
    summary: "print the completion script of a shell",
    load: async () => (await import("./commands/completion.ts")).completion,
  },
];
