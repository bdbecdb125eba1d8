import type { LockPlatform } from "../lock/index.ts";
import type { Change, Command, Environment, Evidence, Finding, Proof, Run, Verdict } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import type { Subject } from "./subject.ts";

/** One thing that a level requires, as seen in the files: claimed where it is there, missing where it is not. */
export interface Check {
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

/** What the proofs of one pass share: each level compares with the reference runs that level 0 made. */
export interface Pass {
  readonly store: Store;
  readonly progress: (message: string) => void;
  /** How often level 0 runs each command. */
  readonly repeats: number;
  /** Folder for copies and unpacked archives; its owner removes it. */
  readonly workDirectory: string;
  /** The first run of each command, by its name. Level 0 fills it. */
  readonly reference: Map<string, Run>;
  /** The environment in which level 0 ran; a lift pins what it holds. */
  environment: Environment | null;
  /** Names the outputs of the reference runs; empty until level 0 has run. */
  referenceDigest: string;
  /** Committed results that were replaced in this climb. */
  readonly resultsReplaced: number;
  /** Somebody else's image, which level 5 is proved of; null for the one that Rung writes. */
  readonly image: string | null;
  /** What the proofs made to hand over. */
  readonly made: MadeArtifact[];
}

/** A file that is handed over, and was proved by running. */
export interface MadeArtifact {
  /** "pack for linux-x86_64" */
  readonly what: string;
  readonly path: string;
  readonly bytes: number;
  /** "sha256:…", of the file or, for an image, of its manifest. */
  readonly digest: string;
}

/** What a proof found, before it is dated and signed with the inputs. */
export type ProofBody = Pick<
  Proof,
  | "verdict"
  | "evidence"
  | "findings"
  | "interpreter"
  | "environment"
  | "isolation"
  | "repeats"
  | "comparisons"
  | "runs"
  | "committed"
  | "partial"
>;

export interface LiftContext {
  readonly subject: Subject;
  /** The commands as they were known before the first lift: what a lift wrote into the README is no new finding. */
  readonly commands: readonly Command[];
  readonly progress: (message: string) => void;
  /** Where level 0 ran; null where it has not been proved in this pass. */
  readonly environment: Environment | null;
  /** Those to lock for; every one where empty. */
  readonly platforms: readonly LockPlatform[];
}

export interface Lift {
  readonly changes: readonly Change[];
  /** What the owner must do, since no tool can. */
  readonly left: readonly string[];
}

/** One rung of the ladder: what it requires, how it is proved, how it is reached. */
export interface Level {
  readonly order: number;
  readonly title: string;
  /** What a project at this level still rests on, in plain words. */
  readonly dependsOn: readonly string[];
  requires(subject: Subject): readonly Check[];
  prove(subject: Subject, pass: Pass): Promise<ProofBody>;
  lift(context: LiftContext): Promise<Lift>;
}

export function defineLevel(level: Level): Level {
  return level;
}

export function claimed(id: string, summary: string): Evidence {
  return { id, status: "claimed", summary };
}

export function missing(id: string, summary: string): Evidence {
  return { id, status: "missing", summary };
}

/** Failed where anything failed, unknown where anything is missing, met only where all of it was proved. */
export function verdictOf(evidence: readonly Evidence[]): Verdict {
  if (evidence.some((item) => item.status === "failed")) return "unmet";
  if (evidence.length === 0 || evidence.some((item) => item.status !== "proved")) return "unknown";
  return "met";
}
