import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";
import type { TomlDocument, TomlTable } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText, tableAt } from "../toml/toml-values.ts";
import type { DeclaredRequirements } from "./read-standard.ts";
import { gitUrl } from "./git-url.ts";
import { poetrySpecifier } from "./poetry-constraint.ts";

interface PoetryTables extends DeclaredRequirements {
  readonly python: Manifest["python"];
}

/** The tables that hold Poetry's dependencies, each with the group that it stands for. */
export function poetryTables(document: TomlDocument): readonly { at: readonly string[]; group: string }[] {
  const root = ["tool", "poetry"];
  const groups = Object.keys(tableAt(document.value, ...root, "group"));
  return [
    { at: [...root, "dependencies"], group: "" },
    { at: [...root, "dev-dependencies"], group: "dev" },
    ...groups.map((group) => ({
      at: [...root, "group", group, "dependencies"],
      group: normaliseName(group),
    })),
  ];
}

/** [tool.poetry] and its groups: https://python-poetry.org/docs/pyproject/ */
export function readPoetry(path: string, document: TomlDocument): PoetryTables {
  const requirements: Requirement[] = [];
  const findings: Finding[] = [];
  let python: Manifest["python"] = null;
  const extraOf = extrasByName(document);
  for (const { at, group } of poetryTables(document)) {
    for (const [name, value] of Object.entries(tableAt(document.value, ...at))) {
      const location = { file: path, line: document.lineOf([...at, name]) };
      const unclear = (said: string): void => {
        findings.push(
          makeFinding(
            "poetry-constraint-unclear",
            "warning",
            `"${said.slice(0, 80)}" of ${name} is taken as any version`,
            {
              ...location,
              why: "it is not one that a PEP 440 specifier can say",
              fix: "write one range",
            },
          ),
        );
      };
      for (const entry of Array.isArray(value) ? asArray(value) : [value]) {
        const table = typeof entry === "string" ? { version: entry } : asTable(entry);
        const said = asText(table["version"]) ?? "*";
        const isPython = name.toLowerCase() === "python";
        // Of several ranges for Python ("~2.7 || ^3.6") the last is the one that is meant today.
        const specifier = poetrySpecifier(isPython ? (said.split("||").at(-1) ?? said) : said);
        if (specifier === null) unclear(said);
        if (isPython) {
          if (specifier !== null && specifier !== "") python = { specifier, location };
          continue;
        }
        const normalised = normaliseName(name);
        const optional = table["optional"] === true ? (extraOf.get(normalised) ?? "optional") : "";
        requirements.push({
          ...bareRequirement(`${name} = ${said}`, { location, group: group === "" ? optional : group }),
          name: normalised,
          specifier: specifier ?? "",
          extras: asArray(table["extras"]).map((extra) => normaliseName(asScalarText(extra))),
          marker: markerOf(table),
          url: urlOf(table),
          editable: table["develop"] === true,
        });
      }
    }
  }
  return { requirements, findings, python };
}

function extrasByName(document: TomlDocument): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [extra, names] of Object.entries(tableAt(document.value, "tool", "poetry", "extras"))) {
    for (const name of asArray(names)) owners.set(normaliseName(asScalarText(name)), normaliseName(extra));
  }
  return owners;
}

function urlOf(table: TomlTable): string | null {
  return gitUrl(table) ?? asText(table["url"]) ?? asText(table["path"]);
}

function markerOf(table: { readonly [key: string]: unknown }): string | null {
  const markers = asText(table["markers"]);
  const python = asText(table["python"]);
  const specifier = python === null ? null : poetrySpecifier(python);
  const clauses = (specifier ?? "")
    .split(",")
    .map((clause) => /^([<>=!~]+)(.+)$/u.exec(clause))
    .filter((match) => match !== null)
    .map(([, operator, version]) => `python_version ${operator} "${version}"`);
  const all = [...(markers === null ? [] : [clauses.length > 0 ? `(${markers})` : markers]), ...clauses];
  return all.length === 0 ? null : all.join(" and ");
}
