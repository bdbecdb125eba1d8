/** What an expression is, for a probe: what a call gives, what a loop takes, what is turned into text, what is looked up. */
export type ProbeKind = "call" | "items" | "text" | "lookup" | "product" | "await" | "shown";

/** One expression whose values are recorded: where it stands, and what it says. */
export interface ProbeSite {
  /** Counted from 1 over all files of a run. */
  readonly id: number;
  /** Relative to the root. */
  readonly file: string;
  /** The code cell of a notebook, counted from 1; `line` then counts within it. */
  readonly cell: number | null;
  readonly line: number;
  /** In UTF-16 units, from 0. */
  readonly column: number;
  readonly kind: ProbeKind;
  /** The name that is called, or the expression, cut at 80 characters. */
  readonly text: string;
  /** The expression, cut at 200 characters, in which it is seen what it reads by name. */
  readonly reads: string;
  /** The name that its value is given at once (`x = f()`, `with f() as x`); null where it is given none. */
  readonly gives: string | null;
  /** Names whose objects the call may have changed. */
  readonly changes: readonly string[];
}

/** Where code comes from, for the sites in it. */
export interface ProbePlace {
  readonly file: string;
  readonly cell: number | null;
}
