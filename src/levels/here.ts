import type { Command, Environment } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import type { Subject } from "./subject.ts";

/** How one of the project's commands is run in its owner's tree. */
export interface HereOptions {
  /** What the owner puts after the command's line. */
  readonly words: readonly string[];
  readonly progress: (message: string) => void;
  /** Where the command's standard output goes on to. */
  readonly output: "stdout" | "stderr";
  readonly seed: number | null;
  readonly forceSeed: boolean;
  /** Whether the run is observed, and by strace as well. */
  readonly trace: boolean;
  readonly deep: boolean;
}

/** What a run is made from. */
export interface HereRun {
  readonly id: string;
  readonly subject: Subject;
  readonly command: Command;
  readonly environment: Environment;
  readonly variables: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly options: HereOptions;
}
