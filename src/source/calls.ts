import type { Node } from "web-tree-sitter";
import type { Aliases } from "./imports.ts";
import { plainString } from "./literals.ts";

const builtins = new Set("open input exec eval hash id print breakpoint exit quit __import__".split(" "));

/** Methods that matter whatever the object is: their result is random or comes in no order unless told otherwise, they
 *  read or write a file, or a library carries them out through another. */
const methods = new Set([
  ..."sample shuffle iterdir glob rglob random_split".split(" "),
  ..."to_csv to_parquet to_pickle to_json to_excel to_feather to_hdf to_stata to_html to_latex to_markdown".split(
    " ",
  ),
  ..."savefig save tofile write_text write_bytes read_text read_bytes open".split(" "),
  ..."write_image write_html write_json write_csv write_parquet".split(" "),
  ..."to_sql to_xml to_orc to_gbq to_xarray to_netcdf to_zarr read_excel plot hist boxplot visualize corr interpolate".split(
    " ",
  ),
]);

/** The full dotted name of what is called, as CallFact says; null where it cannot be known or does not matter. */
export function resolveCall(target: string, aliases: Aliases, shadowed: ReadonlySet<string>): string | null {
  const dot = target.indexOf(".");
  const first = dot === -1 ? target : target.slice(0, dot);
  if (/^[\w.]+$/u.test(target)) {
    const known = aliases.get(first);
    if (known !== undefined) return dot === -1 ? known : known + target.slice(dot);
    if (dot === -1) return builtins.has(target) && !shadowed.has(target) ? target : null;
  }
  const method = dot === -1 ? null : notedMethod(target);
  return method === null ? null : `.${method}`;
}

/** The noted method that a dotted target ends in, else null: for `df.plot.bar` and `df.style.format` the accessor. */
export function notedMethod(target: string): string | null {
  const last = target.slice(target.lastIndexOf(".") + 1);
  if (methods.has(last)) return last;
  const before = target.slice(0, target.length - last.length - 1).trimEnd();
  return before.endsWith(".plot") ? "plot" : before.endsWith(".style") ? "style" : null;
}

export interface Arguments {
  readonly hasArguments: boolean;
  readonly keywords: readonly string[];
  readonly literals: readonly (string | null)[];
  /** The value of `mode=`, where that is a plain string. */
  readonly mode: string | null;
  /** The plain strings given by keyword that choose what carries a call out. */
  readonly options: Readonly<Record<string, string>>;
}

const choosing = /^(?:engine|kind|backend|flavor|method)$/u;

/** The arguments of a call; `literals` has a string for each positional argument that is a plain one. */
export function readArguments(call: Node, source: string): Arguments {
  const list = call.childForFieldName("arguments");
  if (list === null) return { hasArguments: false, keywords: [], literals: [], mode: null, options: {} };
  if (list.type !== "argument_list")
    return { hasArguments: true, keywords: [], literals: [null], mode: null, options: {} };
  const keywords: string[] = [];
  const literals: (string | null)[] = [];
  let mode: string | null = null;
  const options: Record<string, string> = {};
  for (const child of list.namedChildren) {
    if (child.type === "comment") continue;
    if (child.type === "keyword_argument") {
      const keyword = child.childForFieldName("name")?.text ?? "";
      const value = child.childForFieldName("value");
      keywords.push(keyword);
      const text = value === null ? null : plainString(value, source);
      if (keyword === "mode") mode = text;
      else if (text !== null && text.length <= 100 && choosing.test(keyword)) options[keyword] = text;
    } else if (child.type === "dictionary_splat") keywords.push("**");
    else literals.push(plainString(child, source));
  }
  return { hasArguments: keywords.length + literals.length > 0, keywords, literals, mode, options };
}

/** What a call of a Path's own reading or writing method names: the path where it is `Path("x").method()`, else null. */
export function pathOfReceiver(target: string): string | null {
  const match = /^(?:pathlib\.)?Path\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*\)\.\w+$/u.exec(target);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Methods whose path is the object's own, not their first argument. */
export function isPathMethod(name: string): boolean {
  return /^\.(?:(?:read|write)_(?:text|bytes)|open)$/u.test(name);
}
