import type { LockPlatform } from "../../lock/index.ts";
import type { Finding, Interpreter } from "../../model/index.ts";
import type { BundleManifest } from "../bundle/bundle-manifest.ts";
import type { Part } from "../tree/member.ts";

/** A program or library that a wheel brings along (or that the project holds), as a file of this machine. */
export interface WheelLibrary {
  /** Whose it is, for messages: "numpy 1.26.4". */
  readonly of: string;
  readonly path: string;
}

export interface RuntimeRequest {
  readonly interpreter: Interpreter;
  readonly platform: LockPlatform;
  /** Names on PATH or absolute paths; sh is packed in any case. */
  readonly programs: readonly string[];
  /** What they need of the system's libraries is packed; what they bring along themselves is not. */
  readonly wheelLibraries: readonly WheelLibrary[];
  /** An empty folder of ours, whose files stay until the bundle is written. */
  readonly workDirectory: string;
  readonly progress: (said: string) => void;
}

/** The runtime, or the findings that say why there is none ("runtime-not-built", an error). */
export type RuntimePlan = BuiltRuntime | { readonly part: null; readonly findings: readonly Finding[] };

export interface BuiltRuntime {
  /** Members below runtime/, in the order of their paths. */
  readonly part: Part;
  readonly python: BundleManifest["python"];
  /** The packed loader's file name in runtime/lib. */
  readonly loader: string;
  /** The version of the GNU C library, such as "2.36": a wheel for manylinux_2_X needs 2.X or later. */
  readonly cLibrary: string;
  /** False for another processor's, which cannot run here. */
  readonly isProvable: boolean;
  /** Names in runtime/bin. */
  readonly programs: readonly string[];
  readonly findings: readonly Finding[];
}
