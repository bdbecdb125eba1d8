import type { Finding } from "../model/index.ts";
import type { CallFact, PythonFacts } from "../source/index.ts";

/** Code to look at: the files that the project's commands reach, by path. */
export type Code = ReadonlyMap<string, PythonFacts>;

/** One habit that makes results hard to repeat, told from the facts alone. */
export interface Practice {
  /** The rule of its findings. */
  readonly id: string;
  readonly title: string;
  /** Pure, and never throws. Each finding has its file and line, why it matters, and a fix. */
  find(code: Code): readonly Finding[];
}

export function definePractice(practice: Practice): Practice {
  return practice;
}

/** A call with the file in which it stands. */
export interface PlacedCall {
  readonly file: string;
  readonly call: CallFact;
}

/** Every call of the code. */
export function callsOf(code: Code): readonly PlacedCall[] {
  return Array.from(code).flatMap(([file, { calls }]) => calls.map((call) => ({ file, call })));
}
