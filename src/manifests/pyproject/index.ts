import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { readToml } from "../toml/toml-document.ts";
import { asText, tableAt } from "../toml/toml-values.ts";
import { readPixi } from "../pixi/read-pixi.ts";
import { addToPyproject, pinPyproject } from "./edit-pyproject.ts";
import { readPoetry } from "./read-poetry.ts";
import { readScripts } from "./read-scripts.ts";
import { merge, readDependencyGroups, readProjectTable, readRequiresPython } from "./read-standard.ts";

/** pyproject.toml: PEP 518, 621 and 735, what setuptools reads dynamically, and Poetry's tables. */
export const pyproject = defineManifestFormat({
  id: "pyproject.toml",
  matches: (path) => baseName(path) === "pyproject.toml",
  read(path, text, context) {
    const document = readToml(path, text, "pyproject-invalid");
    const poetry = readPoetry(path, document);
    const python = readRequiresPython(path, document);
    const declared = merge([
      readProjectTable(path, document, context),
      readDependencyGroups(path, document),
      poetry,
    ]);
    const pixi = readPixi(path, document, ["tool", "pixi"]);
    const named = asText(tableAt(document.value, "project")["name"]);
    return makeManifest("pyproject.toml", path, {
      projectName: named ?? asText(tableAt(document.value, "tool", "poetry")["name"]),
      requirements: [...declared.requirements, ...(pixi.requirements ?? [])],
      python: python.python ?? poetry.python ?? pixi.python ?? null,
      commands: [...(pixi.commands ?? []), ...readScripts(path, document)],
      variables: pixi.variables ?? [],
      indexes: pixi.indexes ?? [],
      findings: [...document.findings, ...declared.findings, ...python.findings, ...(pixi.findings ?? [])],
    });
  },
  edits: { pin: pinPyproject, add: addToPyproject },
});
