import type { Change, CommandKind, Committed, Finding, Location, Run } from "../model/index.ts";

export interface ReviveOptions {
  /** Shell lines, and notebooks as "nb:PATH", both as seen from the project's root; what was discovered where left out. */
  readonly entries?: readonly string[];
  /** The date (ISO 8601) that counts in the place of the project's own. */
  readonly asOf?: string | null;
  /** How often it runs, reads the failure and mends, at most; 8 where left out. */
  readonly rounds?: number;
  /** Let packages be built from source where no wheel serves. */
  readonly allowBuilds?: boolean;
  /** The time limit of each entry, in seconds; 900 where left out. */
  readonly timeoutSeconds?: number;
  /** False: `changes` is not worked out, which spares the resolution of a lock. */
  readonly lift?: boolean;
  readonly progress: (message: string) => void;
  /** Told each step when it is taken, before the next run begins. */
  readonly onStep?: (step: ReviveStep) => void;
}

/** One thing that was done to the environment or to how an entry is run, and why. */
export interface ReviveStep {
  /** Counted from 1; 0 for what was done before the first run. */
  readonly round: number;
  /** Which mend it was ("missing-package", "wrong-era", ...), or what of the start it tells ("start", "date", "resolve"). */
  readonly kind: string;
  readonly action: string;
  readonly reason: string;
  readonly location: Location | null;
}

export interface RevivedEntry {
  /** As it was given, else the command's name. */
  readonly name: string;
  readonly kind: CommandKind;
  /** The shell line or the notebook's path, with folder and variables as they were in the end. */
  readonly run: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ran: boolean;
  /** Of its last run; 0 where it was never started. */
  readonly seconds: number;
  /** The day that it belongs to (ISO 8601). */
  readonly date: string | null;
  /** The Python that it ran on ("3.8.18"). */
  readonly python: string | null;
  /** Why it did not run; null where it did. */
  readonly cause: Finding | null;
  /** Its last run against what the owner committed; null where it did not run to its end. */
  readonly committed: Committed | null;
  /** The last run itself; its outputs are in the project's store. Null where it was never started. */
  readonly lastRun: Run | null;
}

/** An environment in which entries ran: those that lie below one folder with declarations of its own share one. */
export interface RevivedEnvironment {
  /** Relative to the root; "" is the root itself. */
  readonly folder: string;
  readonly python: string;
  /** Every distribution, direct or not, by normalised name. */
  readonly pins: Readonly<Record<string, string>>;
  /** Names of those that the project asks for itself. */
  readonly direct: readonly string[];
  readonly entries: readonly string[];
}

/** What a revival came to: plain data. */
export interface Revival {
  readonly schemaVersion: 1;
  readonly project: { readonly name: string; readonly root: string };
  /** The day that the project was taken back to: the newest of its environments' (YYYY-MM-DD). */
  readonly date: string | null;
  readonly entries: readonly RevivedEntry[];
  readonly steps: readonly ReviveStep[];
  readonly environments: readonly RevivedEnvironment[];
  /** What could not be mended, each once. */
  readonly causes: readonly Finding[];
  /** Files that hold the result, to be written when the owner agrees. */
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}
