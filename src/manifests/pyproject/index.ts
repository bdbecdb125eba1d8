import type { Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { mergeTexts } from "../requirements-txt/merge-texts.ts";
import { readToml, type TomlDocument } from "../toml/toml-document.ts";
import { asArray, asText, tableAt } from "../toml/toml-values.ts";
import { readPixi } from "../pixi/read-pixi.ts";
import { addToPyproject, pinPyproject } from "./edit-pyproject.ts";
import { readIndexes } from "./read-indexes.ts";
import { readPoetry } from "./read-poetry.ts";
import { readScripts } from "./read-scripts.ts";
import { merge, readDependencyGroups, readProjectTable, readRequiresPython } from "./read-standard.ts";
import { readToolTables } from "./read-tools.ts";
import { withUvSources } from "./uv-sources.ts";

/** pyproject.toml: PEP 518, 621 and 735, what setuptools reads dynamically, and the tables of Poetry, PDM, Hatch, uv and Flit. */
export const pyproject = defineManifestFormat({
  id: "pyproject.toml",
  matches: (path) => baseName(path) === "pyproject.toml",
  read(path, text, context) {
    const document = readToml(path, text, "pyproject-invalid");
    const poetry = readPoetry(path, document);
    const python = readRequiresPython(path, document);
    const standard = merge([readProjectTable(path, document, context), readDependencyGroups(path, document)]);
    const pixi = readPixi(path, document, ["tool", "pixi"]);
    const tools = mergeTexts(readToolTables(path, document, context));
    const declared = [
      ...withPoetry(document, standard.requirements, poetry.requirements),
      ...tools.requirements,
      ...(pixi.requirements ?? []),
    ];
    const named = asText(tableAt(document.value, "project")["name"]);
    return makeManifest("pyproject.toml", path, {
      projectName: named ?? asText(tableAt(document.value, "tool", "poetry")["name"]),
      requirements: withUvSources(path, document, declared, context),
      constraints: tools.constraints,
      python: python.python ?? poetry.python ?? pixi.python ?? null,
      variables: pixi.variables ?? [],
      indexes: [...readIndexes(path, document), ...tools.indexes, ...(pixi.indexes ?? [])],
      commands: [...(pixi.commands ?? []), ...readScripts(path, document)],
      findings: [
        ...document.findings,
        ...standard.findings,
        ...poetry.findings,
        ...tools.findings,
        ...python.findings,
        ...(pixi.findings ?? []),
      ],
    });
  },
  edits: { pin: pinPyproject, add: addToPyproject },
});

/**
 * Both lists, where Poetry's own counts. From Poetry 2 on, what [project] lists is only told more of by Poetry's table
 * (where it comes from): such an entry is no second requirement.
 */
function withPoetry(
  document: TomlDocument,
  standard: readonly Requirement[],
  poetry: readonly Requirement[],
): readonly Requirement[] {
  const project = tableAt(document.value, "project");
  const isDynamic = asArray(project["dynamic"]).includes("dependencies");
  if (!Array.isArray(project["dependencies"]) || isDynamic) return [...standard, ...poetry];
  const more = new Map(poetry.filter(({ group }) => group === "").map((entry) => [entry.name, entry]));
  const told = standard.map((requirement) => {
    const entry = requirement.group === "build-system" ? undefined : more.get(requirement.name);
    if (entry === undefined || entry.url === null || requirement.url !== null) return requirement;
    return { ...requirement, url: entry.url, editable: entry.editable };
  });
  const names = new Set(standard.filter(({ group }) => group !== "build-system").map(({ name }) => name));
  return [...told, ...poetry.filter(({ group, name }) => group !== "" || !names.has(name))];
}
