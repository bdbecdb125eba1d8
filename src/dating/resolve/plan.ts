import type { Confine } from "../../environments/index.ts";
import type { Finding, Interpreter } from "../../model/index.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import type { Bound } from "../removals/bound.ts";
import type { Wanted } from "./wanted.ts";

/** What one attempt is given: the requirements, the Python, the day. */
export interface Plan {
  readonly python: PythonChoice;
  /** The other Pythons that could be taken. */
  readonly others: readonly Interpreter[];
  readonly wanted: readonly Wanted[];
  readonly bounds: readonly Bound[];
  /** Nothing uploaded after this moment counts (ISO 8601), but for what has to be lifted; null: now. */
  readonly before: string | null;
  /** May exact pins be changed? */
  readonly relaxes: boolean;
  readonly allowBuilds: boolean;
  readonly confine: Confine | undefined;
  readonly findings: readonly Finding[];
}

/** What one attempt has changed so far to get through. */
export interface State {
  wanted: readonly Wanted[];
  /** The moment up to which releases of a distribution count, where that is later than the plan's. */
  readonly lifted: Map<string, string>;
  readonly overrides: Map<string, string>;
  readonly excluded: Set<string>;
  readonly builds: Set<string>;
  /** How often each name was dealt with. */
  readonly tries: Map<string, number>;
  /** Pins given up, with why: their new version is known only in the end. */
  readonly freed: Map<string, { readonly wanted: Wanted; readonly why: string }>;
  readonly findings: Map<string, Finding>;
  /** Who asked for what was left out. */
  readonly dependents: Map<string, readonly string[]>;
  /** Pins that moved on from what has no wheel, with the day of their release (ISO 8601). */
  readonly moved: Map<string, string>;
  /** A package without any wheel whose dependents were lifted to be rid of it: given up again where that does not help. */
  trial: { readonly name: string; readonly dependents: readonly string[] } | null;
  /** Distributions that were lifted though another Python had a wheel on the day. */
  readonly avoidable: Set<string>;
}

export const newState = (wanted: readonly Wanted[]): State => ({
  wanted,
  lifted: new Map(),
  overrides: new Map(),
  excluded: new Set(),
  builds: new Set(),
  tries: new Map(),
  freed: new Map(),
  findings: new Map(),
  dependents: new Map(),
  moved: new Map(),
  trial: null,
  avoidable: new Set(),
});
