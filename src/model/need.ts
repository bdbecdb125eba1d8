import type { Location } from "./finding.ts";

/** How the distribution behind a need is known; "pinned" is by the files of the release that a lock or exact pin names. */
export type NeedKnown =
  | "installed"
  | "pinned"
  | "declared"
  | "table"
  | "same-name"
  | "install-line"
  | "call"
  | "failed-run"
  | "unknown";

/**
 * A distribution that the project's code needs, and how that is known.
 * `distribution` is normalised as PEP 503 says. It is null where several could serve (`candidates` then names them, the
 * most used first) and where none is known (`candidates` is empty).
 */
export interface Need {
  /** The top-level name as imported ("sklearn"); "" where a call or a failed run shows the need and no import does. */
  readonly module: string;
  readonly distribution: string | null;
  readonly candidates: readonly string[];
  /** The versions that an install line asks for, as a PEP 440 specifier set; left out where none does. */
  readonly specifier?: string;
  readonly known: NeedKnown;
  /** "optional" may be absent; "dynamic" is imported through importlib or __import__; "hidden" is imported by no code of the project. */
  readonly context: "always" | "conditional" | "optional" | "dynamic" | "hidden";
  /** One line for people: why it is needed. */
  readonly reason: string;
  readonly location: Location;
}
