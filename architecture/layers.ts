/** The rooms of src/, lowest first, with the one line that ARCHITECTURE.md says of each. A room may import those above
 *  it in this list (lower layers), through their doors only. The lint rules and the diagram are made from this table. */
export interface Layer {
  readonly room: string;
  readonly job: string;
  /** Files that other rooms may import; index.ts where left out. A second door is for what must load fast or late. */
  readonly doors?: readonly string[];
}

export const layers: readonly Layer[] = [
  {
    room: "model",
    job: "the nouns, as zod schemas with inferred readonly types",
    doors: ["index.ts", "schemas.ts"],
  },
  { room: "system", job: "the only door to files, processes, clock, network" },
  { room: "store", job: "records in SQLite and content-addressed blobs, crash-safe" },
  { room: "source", job: "Python files and notebooks as data" },
  { room: "manifests", job: "one folder per format that declares dependencies or commands" },
  { room: "project", job: "what a directory holds", doors: ["index.ts", "listing.ts", "git.ts"] },
  { room: "environments", job: "from a spec or a lock to a real environment" },
  { room: "lock", job: "from a project to a lock for each platform" },
  { room: "inference", job: "from imports and calls to the distributions that they need" },
  { room: "dating", job: "which day, which Python and which versions a project belongs to" },
  {
    room: "sandbox",
    job: "where a command runs: fresh copy or clean room",
    // The second makes requests for tests.
    doors: ["index.ts", "sample-request.ts"],
  },
  {
    room: "trace",
    job: "a command under observation, and what it really did",
    doors: ["index.ts", "watching.ts"],
  },
  { room: "compare", job: "are two outputs the same?" },
  { room: "practices", job: "findings about the code's habits, one file each" },
  { room: "diagnose", job: "why a run failed or two runs differ" },
  {
    room: "artifacts",
    job: "what is handed over: archives, packs and images",
    // The others make and read what no quick command does.
    doors: ["index.ts", "pack/index.ts", "image/index.ts"],
  },
  {
    room: "records",
    job: "runs kept, compared and handed to other tools in their formats",
    doors: ["index.ts", "logs.ts", "export-run.ts"],
  },
  {
    room: "levels",
    job: "one file per level: requires, prove, lift",
    doors: ["index.ts", "handover.ts", "image.ts", "pack.ts", "run-here.ts", "status.ts"],
  },
  { room: "experiments", job: "a command run again under chosen conditions: repeat, why and shake" },
  { room: "revive", job: "a project that no longer runs, brought back step by step" },
  { room: "survey", job: "one verdict over many projects" },
  {
    room: "report",
    job: "a ladder or a survey for people and for machines",
    doors: ["index.ts", "changes.ts", "survey.ts"],
  },
  { room: "cli", job: "commands: parse, call one operation, print" },
];
