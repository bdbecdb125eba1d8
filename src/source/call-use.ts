import type { Node } from "web-tree-sitter";

/**
 * What becomes of a call's value, where the text around it says so. "unordered": its order plays no part (sorted,
 * counted, tested for membership); "duration": only the difference of two times is taken; "logged": it goes to a log;
 * "told": the time is an argument, not the clock's.
 */
export type CallUse = "unordered" | "duration" | "logged" | "told";

const lists = /^(?:os\.(?:listdir|scandir|walk)|glob\.i?glob|\.(?:iterdir|glob|rglob))$/u;
const clocks =
  /^(?:datetime\.(?:datetime|date)\.(?:now|today|utcnow)|time\.(?:time|time_ns|ctime|localtime|gmtime|strftime|asctime)|pandas\.(?:Timestamp|to_datetime)(?:\.\w+)?)$/u;
const orderless =
  /^(?:sorted|len|set|frozenset|any|all|min|max|bool|(?:natsort\.)?natsorted|(?:collections\.)?Counter)$/u;
const passes = new Set([
  ..."argument_list generator_expression list_comprehension set_comprehension for_in_clause keyword_argument".split(
    " ",
  ),
  ..."parenthesized_expression attribute interpolation string binary_operator conditional_expression".split(
    " ",
  ),
]);
const logs = /^(?:\w+\.)*_?log(?:ger|ging)?\w*\.(?:debug|info|warning|warn|error|critical|exception|log)$/iu;

/** The use of a listing or a clock reading; null for other calls, and where nothing is known. */
export function useOf(call: Node, name: string, source: string): CallUse | null {
  if (lists.test(name)) return isOrderless(call, name, source) ? "unordered" : null;
  if (!clocks.test(name)) return null;
  if (name === "time.strftime" && (call.childForFieldName("arguments")?.namedChildCount ?? 0) > 1)
    return "told";
  return isDuration(call, source) ? "duration" : isLogged(call) ? "logged" : null;
}

function isOrderless(call: Node, name: string, source: string): boolean {
  let inner = call;
  for (let outer = call.parent; outer !== null; outer = outer.parent) {
    if (/^(?:comparison_operator|not_operator|set_comprehension)$/u.test(outer.type)) return true;
    if (/^(?:if|while)_statement$/u.test(outer.type))
      return outer.childForFieldName("condition")?.id === inner.id;
    if (outer.type === "call") {
      const called = outer.childForFieldName("function")?.text ?? "";
      if (orderless.test(called)) return true;
      if (!/^(?:list|tuple|map|filter|enumerate|str|Path|pathlib\.Path)$/u.test(called)) return false;
    } else if (outer.type === "assignment") {
      return isSortedLater(outer.childForFieldName("left")?.text ?? "", source);
    } else if (outer.type === "for_statement") {
      return loopIsOrderless(outer, inner, name);
    } else if (!passes.has(outer.type)) return false;
    inner = outer;
  }
  return false;
}

/** Whether the text sorts, counts or tests what a name holds. */
function isSortedLater(name: string, source: string): boolean {
  if (!/^[\w.]+$/u.test(name)) return false;
  const escaped = name.replaceAll(".", String.raw`\.`);
  return new RegExp(
    String.raw`\b(?:nat)?sorted\(\s*(?:list\(|set\()?\s*${escaped}\b|(?<![\w.])${escaped}\.sort\(`,
    "u",
  ).test(source);
}

/** A loop that only removes or copies files does the same in any order; os.walk may be put in order inside its loop. */
function loopIsOrderless(loop: Node, listed: Node, name: string): boolean {
  if (loop.childForFieldName("right")?.id !== listed.id) return false;
  const body = loop.childForFieldName("body")?.text ?? "";
  if (name === "os.walk") return /\bsorted\(|\.sort\(/u.test(body);
  return body
    .split("\n")
    .every((line) =>
      /^\s*(?:(?:os\.(?:remove|unlink)|shutil\.(?:rmtree|copy\w*|move))\(|\w+\.unlink\(|#|$)/u.test(line),
    );
}

function isDuration(call: Node, source: string): boolean {
  let outer = call.parent;
  while (outer !== null && /^(?:parenthesized_expression|argument_list)$/u.test(outer.type))
    outer = outer.parent;
  if (outer?.type === "binary_operator") {
    return outer.childForFieldName("operator")?.text === "-" && !spans.test(outer.text);
  }
  if (outer?.type !== "assignment") return false;
  const name = outer.childForFieldName("left")?.text ?? "";
  if (!/^[\w.]+$/u.test(name)) return false;
  const escaped = name.replaceAll(".", String.raw`\.`);
  const after = new RegExp(String.raw`-\s*${escaped}\b|(?<![\w.])${escaped}\s*-(?!=)([^\n]*)`, "u").exec(
    source,
  );
  return after !== null && !spans.test(after[1] ?? "");
}

/** A moment less a fixed span of time is a moment still. */
const spans = /timedelta|relativedelta|DateOffset/iu;

function isLogged(call: Node): boolean {
  for (let outer = call.parent; outer !== null; outer = outer.parent) {
    if (outer.type === "call" && logs.test(outer.childForFieldName("function")?.text ?? "")) return true;
    if (outer.type.endsWith("_statement") || outer.type === "assignment") return false;
  }
  return false;
}
