import type { Condition } from "./group-conditions.ts";
import { normaliseName } from "../requirement/names.ts";

/** A marker as a tree; a comparison is kept as it is written. */
type Node =
  | { readonly kind: "leaf"; readonly text: string; readonly extra: string | null }
  | { readonly kind: "and" | "or"; readonly parts: readonly Node[] };

/** Deeper brackets than these are not read. */
const maxDepth = 50;

/** `extra == "name"` (PEP 508), and `"name" in extras` or `in dependency_groups` (PEP 751). */
const asksFor =
  /\bextra\s*==\s*(?:"([^"]*)"|'([^']*)')|(?:"([^"]*)"|'([^']*)')\s+in\s+(?:extras|dependency_groups)\b/gu;

/** The extras and dependency groups that a marker asks about. */
function extrasIn(marker: string): readonly string[] {
  const found = Array.from(
    marker.matchAll(asksFor),
    ([, ...names]) => names.find((name) => name !== undefined) ?? "",
  );
  return [...new Set(found)];
}

/**
 * A marker where these extras or groups are asked for and no others: what it then says of the platform, null where it always holds, false
 * where it never does. A marker that cannot be read stays as it is.
 */
export function withExtras(marker: string, extras: readonly string[]): string | null | false {
  const words = Array.from(
    marker.matchAll(/\s*(\(|\)|"[^"]*"|'[^']*'|[^\s()"']+)/gu),
    ([, word]) => word ?? "",
  );
  const reader = { words, at: 0 };
  const tree = readAny(reader, 0);
  if (tree === null || reader.at < words.length) return marker;
  const left = substitute(tree, new Set(extras.map(normaliseName)));
  return left === true ? null : left === false ? false : print(left);
}

/**
 * The conditions that a marker stands for: what it says where only the groups of `usual` are asked for, and for each other
 * extra or group that it names, as a group of its own, where that changes anything.
 */
export function byExtra(
  group: string,
  marker: string | null,
  usual: readonly string[] = [],
): readonly Condition[] {
  if (marker === null) return [{ group, marker }];
  const without = withExtras(marker, usual);
  const own = without === false ? [] : [{ group, marker: without }];
  return own.concat(
    extrasIn(marker).flatMap((extra) => {
      const asked = usual.includes(extra) ? false : withExtras(marker, [...usual, extra]);
      return asked === false || asked === without ? [] : [{ group: normaliseName(extra), marker: asked }];
    }),
  );
}

interface Reader {
  readonly words: readonly string[];
  at: number;
}

function readAny(reader: Reader, depth: number): Node | null {
  return readParts(reader, "or", () => readParts(reader, "and", () => readOne(reader, depth)));
}

function readParts(reader: Reader, kind: "and" | "or", next: () => Node | null): Node | null {
  const parts: Node[] = [];
  for (;;) {
    const part = next();
    if (part === null) return null;
    parts.push(part);
    if (reader.words[reader.at] !== kind) break;
    reader.at += 1;
  }
  return parts.length === 1 ? (parts[0] ?? null) : { kind, parts };
}

function readOne(reader: Reader, depth: number): Node | null {
  if (reader.words[reader.at] === "(") {
    if (depth > maxDepth) return null;
    reader.at += 1;
    const inner = readAny(reader, depth + 1);
    if (reader.words[reader.at] !== ")") return null;
    reader.at += 1;
    return inner;
  }
  const words: string[] = [];
  while (
    reader.at < reader.words.length &&
    !["and", "or", "(", ")"].includes(reader.words[reader.at] ?? "")
  ) {
    words.push(reader.words[reader.at] ?? "");
    reader.at += 1;
  }
  const text = words.join(" ");
  return words.length < 3 ? null : { kind: "leaf", text, extra: extrasIn(text)[0] ?? null };
}

function substitute(node: Node, extras: ReadonlySet<string>): Node | boolean {
  if (node.kind === "leaf") return node.extra === null ? node : extras.has(normaliseName(node.extra));
  const decides = node.kind === "or";
  const parts: Node[] = [];
  for (const part of node.parts) {
    const left = substitute(part, extras);
    if (left === decides) return decides;
    if (typeof left !== "boolean") parts.push(left);
  }
  return parts.length === 0
    ? !decides
    : parts.length === 1
      ? (parts[0] ?? !decides)
      : { kind: node.kind, parts };
}

function print(node: Node): string {
  if (node.kind === "leaf") return node.text;
  return node.parts
    .map((part) => (node.kind === "and" && part.kind === "or" ? `(${print(part)})` : print(part)))
    .join(` ${node.kind} `);
}
