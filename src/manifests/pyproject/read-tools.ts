import type { Requirement } from "../../model/index.ts";
import type { ReadContext } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { readRequirementLines, type RequirementsText } from "../requirements-txt/read-requirements.ts";
import type { TomlDocument, TomlPath } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";

/** A list of requirement lines in a tool's own table. */
function linesAt(
  path: string,
  document: TomlDocument,
  at: readonly string[],
  context: ReadContext,
  as: { readonly group: string; readonly constraint: boolean },
): RequirementsText {
  const list = tableAt(document.value, ...at.slice(0, -1))[at.at(-1) ?? ""];
  const lines = asArray(list).flatMap((entry, index) =>
    typeof entry === "string" ? [{ text: inProject(entry), line: document.lineOf([...at, index]) }] : [],
  );
  return readRequirementLines(path, lines, context, as);
}

/** PDM writes the project's own folder as a variable. */
const inProject = (text: string): string => text.replace(/file:\/\/\/?\$\{PROJECT_ROOT\}\//u, "./");

/** What PDM, Hatch, uv and Flit read from tables of their own. Requirements of tools' environments are groups. */
export function readToolTables(
  path: string,
  document: TomlDocument,
  context: ReadContext,
): readonly RequirementsText[] {
  const group = (name: string, ...at: string[]): RequirementsText =>
    linesAt(path, document, at, context, { group: normaliseName(name), constraint: false });
  const constraint = (...at: string[]): RequirementsText =>
    linesAt(path, document, at, context, { group: "", constraint: true });
  const keysOf = (...at: string[]): readonly string[] => Object.keys(tableAt(document.value, ...at));
  const flit = ["tool", "flit", "metadata"];
  return [
    ...keysOf("tool", "pdm", "dev-dependencies").map((name) =>
      group(name, "tool", "pdm", "dev-dependencies", name),
    ),
    pdmOverrides(path, document),
    ...keysOf("tool", "hatch", "envs").flatMap((name) =>
      ["dependencies", "extra-dependencies"].map((key) => group(name, "tool", "hatch", "envs", name, key)),
    ),
    hatchFiles(path, document, context),
    group("dev", "tool", "uv", "dev-dependencies"),
    constraint("tool", "uv", "constraint-dependencies"),
    constraint("tool", "uv", "override-dependencies"),
    group("", ...flit, "requires"),
    group("dev", ...flit, "dev-requires"),
    ...keysOf(...flit, "requires-extra").map((name) => group(name, ...flit, "requires-extra", name)),
  ];
}

/** [tool.pdm.resolution.overrides]: a version, a specifier or a URL by name, which counts before all others. */
function pdmOverrides(path: string, document: TomlDocument): RequirementsText {
  const at: TomlPath = ["tool", "pdm", "resolution", "overrides"];
  const constraints: Requirement[] = [];
  for (const [name, value] of Object.entries(
    tableAt(document.value, "tool", "pdm", "resolution", "overrides"),
  )) {
    const said = asText(value) ?? asText(asTable(value)["version"]) ?? "";
    const text = /:\/\//u.test(said) ? `${name} @ ${said}` : `${name}${/^\d/u.test(said) ? "==" : ""}${said}`;
    const location = { file: path, line: document.lineOf([...at, name]) };
    const requirement = parseRequirement(text, { location });
    if (requirement !== null) constraints.push(requirement);
  }
  return { requirements: [], constraints, indexes: [], findings: [] };
}

/** The requirement files that Hatch's plugin for them reads as the project's own dependencies. */
function hatchFiles(path: string, document: TomlDocument, context: ReadContext): RequirementsText {
  const at = ["tool", "hatch", "metadata", "hooks", "requirements_txt"];
  const files = asArray(tableAt(document.value, ...at)["files"]);
  const lines = files.map((file, index) => ({
    text: `-r ${String(file)}`,
    line: document.lineOf([...at, "files", index]),
  }));
  return readRequirementLines(path, lines, context, { group: "", constraint: false });
}
