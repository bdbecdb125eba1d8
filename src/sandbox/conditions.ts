import type { HookControl } from "./hook.ts";

/**
 * What a diagnosing run changes around the command, and nothing else. Everything left out stays as it is. A backend that
 * cannot do a thing says so in `RunResult.conditionsNotMet`; the run goes on without it.
 */
export interface Conditions {
  /** Set last; null takes a variable away. */
  readonly variables?: Readonly<Record<string, string | null>>;
  readonly hostname?: string;
  /** Where the tree is for the command (absolute); its usual place where left out. */
  readonly treePath?: string;
  /** A home folder: "empty" is a new one at another path. */
  readonly home?: "empty";
  /** Runs as another user id and name than the owner's. */
  readonly otherUser?: boolean;
  readonly umask?: number;
  /** Unix time (seconds) of every file of the tree; their own where left out. */
  readonly fileTimes?: number;
  /** Unix time (seconds) at which the system clock stands, by libfaketime where it is there. */
  readonly clock?: number;
  /** Processors that it may use. */
  readonly cpus?: readonly number[];
  /** No address-space layout randomisation (personality(2)). */
  readonly fixedAddresses?: boolean;
  /** Processes started and ended before it, so that its process ids are others. */
  readonly processOffset?: number;
  /** A temporary folder at another path. */
  readonly temporaryFolder?: string;
  readonly network?: boolean;
  /** The working directory of the shell line, relative to the root. */
  readonly cwd?: string;
  readonly control?: HookControl;
}
