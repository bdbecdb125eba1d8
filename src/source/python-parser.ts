import { createRequire } from "node:module";
import type { Language, Tree } from "web-tree-sitter";
import { readBytes } from "../system/index.ts";

const parseLimitMs = 10_000;

/** Turns Python text into a syntax tree. Trees hold memory outside the heap: delete them. */
export interface PythonParser {
  readonly language: Language;
  /** Null where parsing took more than ten seconds. */
  parse(text: string): Tree | null;
}

let loading: Promise<PythonParser> | undefined;

/** The parser of this thread, loaded on first use (20 ms). */
export function loadPythonParser(): Promise<PythonParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PythonParser> {
  // Loaded here, since nothing is parsed where all facts are in the cache.
  const { Language, Parser } = await import("web-tree-sitter");
  const require = createRequire(import.meta.url);
  await Parser.init();
  const grammar = require.resolve("tree-sitter-python/tree-sitter-python.wasm");
  const language = await Language.load(readBytes(grammar));
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    language,
    parse(text) {
      const end = performance.now() + parseLimitMs;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
      if (tree === null) parser.reset();
      return tree;
    },
  };
}
