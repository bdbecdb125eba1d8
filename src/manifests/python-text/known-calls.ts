import { computed, type Call, type Value } from "./values.ts";

const openers = new Set([
  "open",
  "io.open",
  "codecs.open",
  "parse_requirements",
  "Path",
  "pathlib.Path",
  "PurePath",
]);
const sameLines = new Set([
  "read",
  "readlines",
  "splitlines",
  "strip",
  "rstrip",
  "split",
  "read_text",
  "open",
  "decode",
  "resolve",
  "absolute",
]);
const wholeThings = new Set(["list", "tuple", "set", "sorted", "str", "filter", "map"]);

/** Whether a call opens a file, so that the function it stands in may be one that reads the file it is given. */
export const opensFile = (name: string): boolean => /(?:^|\.)(?:open|read_text)$/u.test(name);

/** What is known of a call's result: a file that is opened, a path that is put together, a copy of what it is given. */
export function valueOfCall(
  call: Call,
  method: string,
  receiver: Value,
  fileReaders: ReadonlySet<string>,
): Value {
  const { name, positional, named, line } = call;
  const [first] = positional;
  if (openers.has(name) || name.endsWith(".parse_requirements")) {
    const target = first ?? named.get("file") ?? named.get("filename");
    if (target?.kind === "text") return { kind: "file", path: target.text, line, isGuess: false };
    return computed(name.endsWith("Path") ? "a folder" : `${name}()`, line);
  }
  if (receiver.kind === "text" && /^(?:read_text|open)$/u.test(method)) {
    return { kind: "file", path: receiver.text, line, isGuess: false };
  }
  if (receiver.kind === "file" && sameLines.has(method)) return receiver;
  if (name === "os.path.join" || name === "path.join" || name === "join" || method === "joinpath") {
    return pathFrom(positional, line);
  }
  if (name === "dict") return { kind: "table", entries: [...named], line };
  if (wholeThings.has(name))
    return positional.findLast(({ kind }) => kind !== "computed") ?? computed(`${name}()`, line);
  if (receiver.kind === "text" && method === "split") {
    const separator = first?.kind === "text" ? first.text : /\s+/u;
    return { kind: "list", items: texts(receiver.text.split(separator), receiver.line), line };
  }
  if (receiver.kind === "text" && method === "splitlines") {
    return { kind: "list", items: texts(receiver.text.split("\n"), receiver.line), line };
  }
  if (receiver.kind === "text" && /^(?:strip|rstrip|lstrip)$/u.test(method)) {
    return { ...receiver, text: receiver.text.trim() };
  }
  if (fileReaders.has(name) && first?.kind === "text" && /\.(?:txt|in)$/u.test(first.text)) {
    return { kind: "file", path: first.text, line, isGuess: true };
  }
  return computed(name === "" ? "a call" : `${name}()`, line);
}

const texts = (parts: readonly string[], line: number): readonly Value[] =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((text) => ({ kind: "text", text, line }));

/** A path put together; what only running tells before it is taken for the code's own folder. */
function pathFrom(parts: readonly Value[], line: number): Value {
  const known = parts.slice(parts.findLastIndex(({ kind }) => kind !== "text") + 1);
  if (known.length === 0) return computed("a path", line);
  const text = known.map((part) => (part.kind === "text" ? part.text : "")).join("/");
  return { kind: "text", text, line };
}
