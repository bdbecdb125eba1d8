import { recordOf, type Json } from "../read/json.ts";

export interface FieldDifference {
  /** "config.Env", "created", "config.Labels.org.opencontainers.image.title" */
  readonly field: string;
  /** JSON, cut where it is long; null where the field is missing. */
  readonly a: string | null;
  readonly b: string | null;
}

const longest = 300;
const deepest = 4;
const mostFields = 200;

/** The fields in which two documents differ, in the order of their names; `without` names those that are left out. */
export function fieldDifferences(a: Json, b: Json, without: readonly string[]): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  const walk = (one: unknown, other: unknown, field: string, depth: number): void => {
    if (found.length >= mostFields || without.includes(field)) return;
    const [textA, textB] = [textOf(one), textOf(other)];
    if (textA === textB) return;
    if (depth < deepest && isRecord(one) && isRecord(other)) {
      const [inA, inB] = [recordOf(one), recordOf(other)];
      const names = [...new Set([...Object.keys(inA), ...Object.keys(inB)])].sort();
      const before = found.length;
      for (const name of names)
        walk(inA[name], inB[name], field === "" ? name : `${field}.${name}`, depth + 1);
      if (found.length > before || without.some((each) => each.startsWith(field))) return;
      found.push({ field: `${field} (order)`, a: cut(textA), b: cut(textB) });
      return;
    }
    found.push({ field, a: cut(textA), b: cut(textB) });
  };
  walk(a, b, "", 0);
  return found;
}

const isRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const cut = (text: string | null): string | null =>
  text === null || text.length <= longest ? text : `${text.slice(0, longest)}…`;
