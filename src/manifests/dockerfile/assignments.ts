import { shellWords } from "../shell/shell-words.ts";
import { lineAt, type Instruction } from "./read-instructions.ts";

/** One name that ENV, ARG or LABEL gives a value, and its line. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** What an ENV sets, in the form `A=1 B=2` or the old `A 1`, or an ARG by default; nothing of other instructions. */
export function assignments(instruction: Instruction): readonly Assignment[] {
  const { name, rest } = instruction;
  if (name !== "ENV" && name !== "ARG") return [];
  const old = name === "ENV" ? /^(\w+)\s+([^=\s].*)$/su.exec(rest) : null;
  const pairs = old === null ? shellWords(rest) : [`${old[1] ?? ""}=${(old[2] ?? "").trim()}`];
  return pairs.flatMap((pair) => {
    const [, key, value = ""] = /^(\w+)=(.*)$/su.exec(pair) ?? [];
    if (key === undefined) return [];
    const at = rest.indexOf(key);
    return [{ name: key, value, line: lineAt(instruction, at) }];
  });
}
