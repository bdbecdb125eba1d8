import type { Node } from "web-tree-sitter";
import { argumentsOf, around, calledName, calleeOf, callsAt } from "../code-search.ts";
import { defineCodeMend, type CodeEdit, type MendSubject } from "../mend.ts";

const listings = /^(?:listdir|glob|iglob|iterdir|rglob)$/u;

/** `sorted(...)` around what lists a folder. */
export const sortedListing = defineCodeMend({
  id: "sorted-listing",
  kinds: ["directory-order"],
  summary: "sort the listing",
  propose(subject) {
    return callsAt(subject).flatMap((call) => {
      if (isSorted(call)) return [];
      if (listings.test(calledName(call))) return around(subject.piece, call, "sorted(", ")");
      if (calledName(call) === "scandir" && call.parent?.type !== "with_item")
        return around(subject.piece, call, "sorted(", ", key=lambda entry: entry.name)");
      return calledName(call) === "walk" ? sortedWalk(subject, call) : [];
    });
  },
});

/** `sorted(...)` around a set where its order comes out. */
export const sortedSet = defineCodeMend({
  id: "sorted-set",
  kinds: ["hash-seed", "memory-address", "threads"],
  summary: "sort what comes in no order of its own",
  propose(subject) {
    const { site, piece, place } = subject;
    if (site?.kind === "items") {
      const node = piece.root.descendantForPosition({ row: place.line - 1, column: site.column });
      const whole = node === null ? null : widest(node, site.text);
      return whole === null || isSorted(whole) ? [] : around(piece, whole, "sorted(", ")");
    }
    if (site !== null && site.kind !== "call") return [];
    for (const call of callsAt(subject)) {
      const edits = sortedInCall(subject, call);
      if (edits.length > 0) return edits;
    }
    return [];
  },
});

/** `list(s)` becomes `sorted(s)`; what takes items as they come gets them sorted. */
function sortedInCall({ piece }: MendSubject, call: Node): readonly CodeEdit[] {
  const [first] = argumentsOf(call).positional;
  const callee = calleeOf(call);
  if (first === undefined || callee === null || isSorted(first) || first.type === "generator_expression")
    return [];
  const name = calledName(call);
  if (callee.text === "list")
    return [{ piece, start: callee.startIndex, end: callee.endIndex, text: "sorted" }];
  if (/^(?:tuple|enumerate|iter|deque|fromkeys|Series|array|Index)$/u.test(name) || name === "join")
    return first.type === "string" ? [] : around(piece, first, "sorted(", ")");
  return [];
}

/** The folders of `for root, folders, files in os.walk(...)` in order: sorting them in place sorts the whole walk. */
function sortedWalk({ piece }: MendSubject, call: Node): CodeEdit[] {
  const loop = call.parent;
  const body = loop?.type === "for_statement" ? loop.childForFieldName("body") : null;
  const names = loop?.childForFieldName("left")?.namedChildren.map((node) => node?.text ?? "") ?? [];
  const [, folders, files] = names;
  if (
    body === null ||
    folders === undefined ||
    files === undefined ||
    body.startPosition.row === call.startPosition.row
  )
    return [];
  const indent = " ".repeat(body.startPosition.column);
  const lines = [folders, files]
    .filter((name) => /^[A-Za-z]\w*$/u.test(name))
    .map((name) => `${name}.sort()\n${indent}`);
  return [{ piece, start: body.startIndex, end: body.startIndex, text: lines.join("") }];
}

/** The largest expression around a node that starts where it starts and reads like `text`. */
function widest(node: Node, text: string): Node | null {
  const short = text.endsWith("…") ? text.slice(0, -1) : text;
  const same = (one: Node): boolean => one.text.replaceAll(/\s+/gu, " ").startsWith(short);
  let found: Node | null = null;
  for (let one: Node | null = node; one !== null && one.startIndex === node.startIndex; one = one.parent) {
    if (same(one) && (text.endsWith("…") || one.text.replaceAll(/\s+/gu, " ") === text)) found = one;
  }
  return found;
}

/** True where the expression is given to `sorted` already. */
function isSorted(node: Node): boolean {
  const call = node.parent?.parent;
  return call?.type === "call" && calleeOf(call)?.text === "sorted";
}
