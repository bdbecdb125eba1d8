import { getStaticTOMLValue, type AST } from "toml-eslint-parser";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { quote } from "../toml/quote.ts";
import { applySplices, type Splice } from "../splice.ts";
import { readToml, type TomlDocument, type TomlPath } from "../toml/toml-document.ts";
import { asScalarText, tableAt } from "../toml/toml-values.ts";
import { normaliseName } from "../requirement/names.ts";
import { poetryTables } from "./read-poetry.ts";
import { pinRequirementsText } from "../requirements-txt/edit-requirements.ts";

const place = { location: { file: "", line: null } };

/** Pins the requirements of [project] (extras too), [dependency-groups] and Poetry's tables. */
export function pinPyproject(text: string, pins: ReadonlyMap<string, string>): string {
  const document = readToml("pyproject.toml", text, "pyproject-invalid");
  const splices = requirementLists(document).flatMap((at) => {
    const list = document.nodeAt(at);
    if (list?.type !== "TOMLArray") return [];
    return list.elements.flatMap((element) =>
      pinElement(text, element, (said) => pinRequirementsText(said, pins)),
    );
  });
  for (const { at } of poetryTables(document)) {
    for (const name of Object.keys(tableAt(document.value, ...at))) {
      const version = pins.get(normaliseName(name));
      if (version === undefined || name === "python") continue;
      const node = document.nodeAt([...at, name, "version"]) ?? document.nodeAt([...at, name]);
      if (node?.type === "TOMLValue") {
        splices.push(
          ...pinElement(text, node, (said) =>
            /^=*\s*/u.test(said) && said.replace(/^=+\s*/u, "") === version ? said : version,
          ),
        );
      }
    }
  }
  return splices.length === 0 ? text : applySplices(text, splices);
}

function requirementLists(document: TomlDocument): readonly TomlPath[] {
  const extras = Object.keys(tableAt(document.value, "project", "optional-dependencies"));
  const groups = Object.keys(tableAt(document.value, "dependency-groups"));
  return [
    ["project", "dependencies"],
    ...extras.map((extra) => ["project", "optional-dependencies", extra]),
    ...groups.map((group) => ["dependency-groups", group]),
  ];
}

/** The splice that rewrites a string in its own quotes; none where it stays the same. */
function pinElement(text: string, node: AST.TOMLContentNode, change: (said: string) => string): Splice[] {
  if (node.type !== "TOMLValue" || node.kind !== "string") return [];
  const next = change(node.value);
  if (next === node.value) return [];
  const [start, end] = node.range;
  return [{ start, end, text: quote(next, text[start] === "'") }];
}

/** Adds requirements to [project] dependencies, one a line; null where the text has no [project] table. */
export function addToPyproject(text: string | null, requirements: readonly string[]): string | null {
  if (text === null) return null;
  const document = readToml("pyproject.toml", text, "pyproject-invalid");
  const project = document.nodeAt(["project"]);
  const list = document.nodeAt(["project", "dependencies"]);
  const said = list?.type === "TOMLArray" ? getStaticTOMLValue(list) : [];
  const known = new Set(said.map((entry) => parseRequirement(asScalarText(entry), place)?.name));
  const added = requirements.filter((entry) => !known.has(parseRequirement(entry, place)?.name));
  if (project === null) return null;
  if (added.length === 0) return text;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  if (list?.type === "TOMLArray") return applySplices(text, [growList(text, list, added, newline)]);
  if (project.type !== "TOMLTable") return null;
  const entries = added.map((entry) => `    ${quote(entry)},${newline}`).join("");
  return applySplices(text, [
    insertAfterTable(text, project, `dependencies = [${newline}${entries}]`, newline),
  ]);
}

/** New elements after the last one, in the list's own style: one a line, or all in one. */
function growList(text: string, list: AST.TOMLArray, added: readonly string[], newline: string): Splice {
  const last = list.elements.at(-1);
  const close = list.range[1] - 1;
  if (last === undefined) {
    const lines = added.map((entry) => `    ${quote(entry)},${newline}`).join("");
    return { start: list.range[0], end: list.range[1], text: `[${newline}${lines}]` };
  }
  const literal = text[last.range[0]] === "'";
  const after = text.slice(last.range[1], close);
  const comma = /^\s*,/u.exec(after)?.[0];
  const start = last.range[1] + (comma?.length ?? 0);
  if (list.loc.start.line === list.loc.end.line) {
    const entries = added.map((entry) => ` ${quote(entry, literal)}`).join(",");
    return { start, end: start, text: `${comma === undefined ? "," : ""}${entries}` };
  }
  const indent = /^[ \t]*/u.exec(text.slice(text.lastIndexOf("\n", last.range[0]) + 1))?.[0] ?? "    ";
  const entries = added.map((entry) => `${newline}${indent}${quote(entry, literal)},`).join("");
  // A comment behind the last element stays with it: the comma goes before it, the new lines after.
  const rest = text.slice(start, close);
  const lineEnd = Math.max(0, rest.search(/\r?\n/u));
  return {
    start,
    end: start + lineEnd,
    text: `${comma === undefined ? "," : ""}${rest.slice(0, lineEnd)}${entries}`,
  };
}

function insertAfterTable(text: string, table: AST.TOMLTable, line: string, newline: string): Splice {
  const end = table.body.at(-1)?.range[1] ?? table.range[1];
  const lineEnd = text.slice(end).search(/\r?\n|$/u) + end;
  return { start: lineEnd, end: lineEnd, text: `${newline}${line}` };
}

/** States the Python versions that the project runs with, as PEP 621 or Poetry says; null where there is no place. */
export function setRequiresPython(text: string, specifier: string): string | null {
  const document = readToml("pyproject.toml", text, "pyproject-invalid");
  const stated = document.nodeAt(["project", "requires-python"]);
  if (stated?.type === "TOMLValue")
    return applySplices(
      text,
      pinElement(text, stated, () => specifier),
    );
  const project = document.nodeAt(["project"]);
  if (project?.type === "TOMLTable") {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const anchor = ["version", "name"]
      .map((key) => document.nodeAt(["project", key]))
      .find((node) => node !== null);
    const end = anchor === undefined || anchor === null ? null : anchor.range[1];
    const line = `requires-python = ${quote(specifier)}`;
    if (end === null) return applySplices(text, [insertAfterTable(text, project, line, newline)]);
    const lineEnd = text.slice(end).search(/\r?\n|$/u) + end;
    return applySplices(text, [{ start: lineEnd, end: lineEnd, text: `${newline}${line}` }]);
  }
  const poetry = document.nodeAt(["tool", "poetry", "dependencies", "python"]);
  return poetry?.type === "TOMLValue"
    ? applySplices(
        text,
        pinElement(text, poetry, () => specifier),
      )
    : null;
}
