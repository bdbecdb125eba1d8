import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";
import { readToml, type TomlDocument } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { addToPipfile, pinPipfile } from "./edit-pipfile.ts";
import { markerOf, sourceOf } from "./package-entry.ts";
import { pipfileTables } from "./tables.ts";

/** Pipfile: https://pipenv.pypa.io/en/latest/pipfile.html */
export const pipfile = defineManifestFormat({
  id: "Pipfile",
  matches: (path) => baseName(path) === "Pipfile",
  read(path, text) {
    const document = readToml(path, text, "pipfile-invalid");
    const requirements: Requirement[] = [];
    const findings: Finding[] = [...document.findings];
    for (const { table, group } of pipfileTables(document)) {
      for (const [name, value] of Object.entries(tableAt(document.value, table))) {
        const location = { file: path, line: document.lineOf([table, name]) };
        const read = readPackage(name, value, { location, group });
        requirements.push(read.requirement);
        findings.push(...read.findings);
      }
    }
    return makeManifest("Pipfile", path, {
      requirements,
      python: readPython(path, document),
      indexes: readSources(path, document),
      findings,
    });
  },
  edits: { pin: pinPipfile, add: addToPipfile },
});

function readPackage(
  name: string,
  value: unknown,
  origin: { readonly location: Requirement["location"]; readonly group: string },
): { readonly requirement: Requirement; readonly findings: readonly Finding[] } {
  const table = typeof value === "string" ? { version: value } : asTable(value);
  const said = (asText(table["version"]) ?? "*").trim();
  // Pipenv takes a bare version for that version.
  const specifier = said === "*" ? "" : cleanSpecifier(/^\d/u.test(said) ? `==${said}` : said);
  const requirement: Requirement = {
    ...bareRequirement(`${name} = ${said}`, origin),
    name: normaliseName(name),
    specifier: specifier ?? "",
    extras: asArray(table["extras"]).map((extra) => normaliseName(asScalarText(extra))),
    marker: markerOf(table),
    url: sourceOf(table).url,
    editable: table["editable"] === true,
  };
  if (specifier !== null) return { requirement, findings: [] };
  const finding = makeFinding(
    "requirement-invalid",
    "error",
    `"${said.slice(0, 80)}" of ${name} is no version specifier`,
    {
      ...origin.location,
      why: "pipenv refuses the whole file",
      fix: 'write it as "==1.2" or "*"',
    },
  );
  return { requirement, findings: [finding] };
}

function readPython(path: string, document: TomlDocument): Manifest["python"] {
  const requires = tableAt(document.value, "requires");
  for (const key of ["python_full_version", "python_version"]) {
    const said = asText(requires[key]);
    const specifier = said === null ? null : pythonSpecifier(said);
    if (specifier !== null) {
      return { specifier, location: { file: path, line: document.lineOf(["requires", key]) } };
    }
  }
  return null;
}

/** The first [[source]] is the index; the others are asked besides it. */
function readSources(path: string, document: TomlDocument): Manifest["indexes"] {
  return asArray(document.value["source"]).flatMap((source, position) => {
    const url = asText(asTable(source)["url"]);
    if (url === null) return [];
    const location = { file: path, line: document.lineOf(["source", position, "url"]) };
    return [{ kind: position === 0 ? ("index" as const) : ("extra-index" as const), url, location }];
  });
}
