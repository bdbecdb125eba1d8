import type { Node } from "web-tree-sitter";
import type { Aliases } from "./imports.ts";
import { plainString } from "./literals.ts";

const builtins = new Set("open input exec eval hash id print breakpoint exit quit __import__".split(" "));

/** Methods that matter whatever the object is: their result is random or comes in no order unless told otherwise. */
const methods = new Set(
  "sample shuffle iterdir glob rglob random_split to_csv to_parquet to_pickle savefig".split(" "),
);

/** The full dotted name of what is called, as CallFact says; null where it cannot be known or does not matter. */
export function resolveCall(target: string, aliases: Aliases, shadowed: ReadonlySet<string>): string | null {
  const dot = target.indexOf(".");
  const first = dot === -1 ? target : target.slice(0, dot);
  if (/^[\w.]+$/u.test(target)) {
    const known = aliases.get(first);
    if (known !== undefined) return dot === -1 ? known : known + target.slice(dot);
    if (dot === -1) return builtins.has(target) && !shadowed.has(target) ? target : null;
  }
  const last = target.slice(target.lastIndexOf(".") + 1);
  return dot !== -1 && methods.has(last) ? `.${last}` : null;
}

/** A cheap test on the last part of a dotted target. */
export function isNotedMethod(name: string): boolean {
  return methods.has(name);
}

export interface Arguments {
  readonly hasArguments: boolean;
  readonly keywords: readonly string[];
  readonly literals: readonly (string | null)[];
}

/** The arguments of a call; `literals` has a string for each positional argument that is a plain one. */
export function readArguments(call: Node, source: string): Arguments {
  const list = call.childForFieldName("arguments");
  if (list === null) return { hasArguments: false, keywords: [], literals: [] };
  if (list.type !== "argument_list") return { hasArguments: true, keywords: [], literals: [null] };
  const keywords: string[] = [];
  const literals: (string | null)[] = [];
  for (const child of list.namedChildren) {
    if (child.type === "comment") continue;
    if (child.type === "keyword_argument") keywords.push(child.childForFieldName("name")?.text ?? "");
    else if (child.type === "dictionary_splat") keywords.push("**");
    else literals.push(plainString(child, source));
  }
  return { hasArguments: keywords.length + literals.length > 0, keywords, literals };
}
