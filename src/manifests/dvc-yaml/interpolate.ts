import { asTable, asText } from "../toml/toml-values.ts";
import { shellQuote } from "../../system/index.ts";

/** Values that `${...}` may name: parameters, variables of the file, and the item of a foreach or matrix. */
export type DvcValues = Readonly<Record<string, unknown>>;

/** The value at `a.b[0].c`; undefined where there is none. */
export function valueAt(values: DvcValues, said: string): unknown {
  let value: unknown = values;
  for (const step of said.trim().split(/\.|\[|\]\.?/u)) {
    if (step === "") continue;
    if (Array.isArray(value)) value = value[Number(step)];
    else {
      const table = asTable(value);
      value = Object.hasOwn(table, step) ? table[step] : undefined;
    }
  }
  return value;
}

export interface Filled {
  readonly text: string;
  /** The names that have no value. */
  readonly missing: readonly string[];
}

/** `text` with each `${name}` filled in; a table becomes `--key value` words, as DVC unpacks it in a command. */
export function fillIn(text: string, values: DvcValues): Filled {
  const missing: string[] = [];
  const filled = text.replaceAll(/(\\?)\$\{([^{}]{1,200})\}/gu, (whole, escape: string, name: string) => {
    if (escape !== "") return whole.slice(1);
    const value = wordsOf(valueAt(values, name));
    if (value === null) missing.push(name.trim());
    return value ?? whole;
  });
  return { text: filled, missing };
}

function wordsOf(value: unknown): string | null {
  const text = asText(value);
  if (text !== null) return text;
  if (value === undefined || Array.isArray(value)) return null;
  return Object.entries(asTable(value))
    .flatMap(([key, said]) => {
      if (said === "false") return [];
      if (said === "true") return [`--${key}`];
      const words = Array.isArray(said) ? said : [said];
      return [`--${key} ${words.map((word) => shellQuote(asText(word) ?? "")).join(" ")}`];
    })
    .join(" ");
}
