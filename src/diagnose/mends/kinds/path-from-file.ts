import { relative, sep } from "node:path";
import type { Node } from "web-tree-sitter";
import { argumentsOf, calleeOf, callsAt, namesFor } from "../code-search.ts";
import { defineCodeMend, type CodeEdit, type MendSubject } from "../mend.ts";

/** Calls whose first argument names a file or folder. */
const takesPath =
  /^(?:open|io\.open|(?:pathlib\.)?Path|glob\.i?glob|os\.(?:listdir|scandir|walk)|os\.path\.(?:exists|isfile|isdir)|(?:np|numpy)\.(?:load|loadtxt|genfromtxt)|\w+\.read|\w+\.read_(?:csv|table|json|excel|parquet|pickle|feather|fwf|hdf))$/u;
/** Those of them that take nothing but text. */
const takesText = /^glob\./u;
/** A relative path in a plain literal that names no address. */
const relativePath = /^(["'])(?![/\\~]|\w+:)[^"'\\{}]+\1$/u;

/** Files found from the place of the code where they would be found from the folder of the start. */
export const pathFromFile = defineCodeMend({
  id: "path-from-file",
  kinds: ["working-directory"],
  summary: "find the file from where the code lies",
  keepsResults: true,
  propose(subject) {
    const base = startFolder(subject);
    if (base === null) return [];
    return callsAt(subject).flatMap((call) => fromBase(subject, call, base));
  },
});

function fromBase({ piece }: MendSubject, call: Node, base: string): CodeEdit[] {
  const callee = calleeOf(call)?.text ?? "";
  const [literal, ...others] = argumentsOf(call).positional;
  if (literal?.type !== "string" || !takesPath.test(callee) || !relativePath.test(literal.text)) return [];
  const path = `${base} / ${literal.text}`;
  if (/\bPath$/u.test(callee)) {
    // `Path("a", "b")` keeps its other parts.
    if (others.length > 0) return [{ piece, start: literal.startIndex, end: literal.endIndex, text: path }];
    return [{ piece, start: call.startIndex, end: call.endIndex, text: `(${path})` }];
  }
  const text = takesText.test(callee) ? `str(${path})` : path;
  return [{ piece, start: literal.startIndex, end: literal.endIndex, text }];
}

/** The folder of the start as the code of the place's file can say it; null where it cannot. */
function startFolder({ place, pieces, trace }: MendSubject): string | null {
  const [first] = trace.processes;
  if (place.cell !== null || first === undefined) return null;
  const start = relative(trace.root, first.cwd);
  const [named] = namesFor(pieces, "pathlib.Path");
  const [module] = namesFor(pieces, "pathlib");
  const path = named ?? (module === undefined ? '__import__("pathlib").Path' : `${module}.Path`);
  const depth = place.file.split("/").length - 1;
  const folder = `${path}(__file__).resolve().${depth === 0 ? "parent" : `parents[${depth}]`}`;
  if (start === "") return folder;
  return start.startsWith("..") ? null : `${folder} / "${start.split(sep).join("/")}"`;
}
