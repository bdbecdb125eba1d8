import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { cleanSpecifier, lenientSpecifier } from "../requirement/specifier.ts";
import { readRequirementsText } from "../requirements-txt/read-requirements.ts";
import type { TomlDocument, TomlPath } from "../toml/toml-document.ts";
import { asArray, asScalarText, asTable, asText, tableAt } from "../toml/toml-values.ts";

export interface DeclaredRequirements {
  readonly requirements: readonly Requirement[];
  readonly findings: readonly Finding[];
}

/** A list of PEP 508 strings at a path. What is no requirement becomes a finding. */
function requirementsAt(
  path: string,
  document: TomlDocument,
  list: unknown,
  at: TomlPath,
  group: string,
): DeclaredRequirements {
  const requirements: Requirement[] = [];
  const findings: Finding[] = [];
  if (list !== undefined && !Array.isArray(list)) findings.push(wrongType(path, document, at, "a list"));
  for (const [index, entry] of asArray(list).entries()) {
    const location = { file: path, line: document.lineOf([...at, index]) };
    const requirement = typeof entry === "string" ? parseRequirement(entry, { location, group }) : null;
    if (requirement !== null) requirements.push(requirement);
    else {
      const said = typeof entry === "string" ? entry.slice(0, 80) : JSON.stringify(entry)?.slice(0, 80);
      findings.push(
        makeFinding("requirement-invalid", "error", `"${said}" is not a requirement`, {
          ...location,
          why: "no installer accepts the project",
          fix: "write it as PEP 508 says: name[extra]==version; marker",
        }),
      );
    }
  }
  return { requirements, findings };
}

function wrongType(path: string, document: TomlDocument, at: TomlPath, expected: string): Finding {
  return makeFinding("pyproject-invalid", "error", `${at.join(".")} should be ${expected}`, {
    file: path,
    line: document.lineOf(at),
  });
}

/** [project] (PEP 621): dependencies, extras, and what setuptools reads from files where they are dynamic. */
export function readProjectTable(
  path: string,
  document: TomlDocument,
  context: ReadContext,
): DeclaredRequirements {
  const project = tableAt(document.value, "project");
  const parts = [requirementsAt(path, document, project["dependencies"], ["project", "dependencies"], "")];
  for (const [extra, list] of Object.entries(asTable(project["optional-dependencies"]))) {
    const at = ["project", "optional-dependencies", extra];
    parts.push(requirementsAt(path, document, list, at, normaliseName(extra)));
  }
  const build = tableAt(document.value, "build-system")["requires"];
  parts.push(requirementsAt(path, document, build, ["build-system", "requires"], "build-system"));
  parts.push(...readDynamic(path, document, context));
  return merge(parts);
}

function readDynamic(path: string, document: TomlDocument, context: ReadContext): DeclaredRequirements[] {
  const dynamic = tableAt(document.value, "tool", "setuptools", "dynamic");
  const sources: [string, unknown, TomlPath][] = [
    ["", dynamic["dependencies"], ["tool", "setuptools", "dynamic", "dependencies"]],
    ...Object.entries(asTable(dynamic["optional-dependencies"])).map(
      ([extra, source]): [string, unknown, TomlPath] => [
        normaliseName(extra),
        source,
        ["tool", "setuptools", "dynamic", "optional-dependencies", extra],
      ],
    ),
  ];
  return sources.flatMap(([group, source, at]) => {
    const files = asTable(source)["file"];
    return (typeof files === "string" ? [files] : asArray(files)).map((file) =>
      readDynamicFile(path, document, context, asScalarText(file), at, group),
    );
  });
}

function readDynamicFile(
  path: string,
  document: TomlDocument,
  context: ReadContext,
  file: string,
  at: TomlPath,
  group: string,
): DeclaredRequirements {
  const resolved = resolvePath(folderOf(path), file);
  const text = resolved === null ? null : context.readFile(resolved);
  if (resolved !== null && text !== null) {
    return readRequirementsText(resolved, text, context, { group, constraint: false });
  }
  const finding = makeFinding("requirements-include-missing", "error", `${file} is named but is not there`, {
    file: path,
    line: document.lineOf(at),
    why: "the project cannot be installed without it",
  });
  return { requirements: [], findings: [finding] };
}

const mostEntries = 20_000;

/** [dependency-groups] (PEP 735), with what each group includes of others. */
export function readDependencyGroups(path: string, document: TomlDocument): DeclaredRequirements {
  const groups = tableAt(document.value, "dependency-groups");
  const names = new Map(Object.keys(groups).map((name) => [normaliseName(name), name]));
  const parts: DeclaredRequirements[] = [];
  let steps = 0;
  const collect = (name: string, into: string, seen: ReadonlySet<string>): void => {
    const list = groups[name];
    for (const [index, entry] of asArray(list).entries()) {
      const at = ["dependency-groups", name, index];
      const included = asText(asTable(entry)["include-group"]);
      const other = included === null ? undefined : names.get(normaliseName(included));
      // Groups that include groups twice over multiply without end.
      if (++steps > mostEntries) return;
      if (included === null) parts.push(groupEntry(path, document, entry, at, into));
      else if (other === undefined || seen.has(other)) {
        const message =
          other === undefined ? `there is no group "${included}"` : `group "${included}" includes itself`;
        const line = document.lineOf(at);
        parts.push({
          requirements: [],
          findings: [makeFinding("pyproject-invalid", "error", message, { file: path, line })],
        });
      } else collect(other, into, new Set([...seen, other]));
    }
  };
  for (const [normalised, name] of names) {
    if (!Array.isArray(groups[name])) {
      parts.push({
        requirements: [],
        findings: [wrongType(path, document, ["dependency-groups", name], "a list")],
      });
    }
    collect(name, normalised, new Set([name]));
  }
  return merge(parts);
}

function groupEntry(
  path: string,
  document: TomlDocument,
  entry: unknown,
  at: readonly (string | number)[],
  group: string,
): DeclaredRequirements {
  const location = { file: path, line: document.lineOf(at) };
  const requirement = typeof entry === "string" ? parseRequirement(entry, { location, group }) : null;
  if (requirement !== null) return { requirements: [requirement], findings: [] };
  const said = JSON.stringify(entry)?.slice(0, 80);
  return {
    requirements: [],
    findings: [makeFinding("requirement-invalid", "error", `${said} is not a requirement`, location)],
  };
}

/** requires-python (PEP 621). */
export function readRequiresPython(
  path: string,
  document: TomlDocument,
): { readonly python: Manifest["python"]; readonly findings: readonly Finding[] } {
  const said = tableAt(document.value, "project")["requires-python"];
  if (said === undefined) return { python: null, findings: [] };
  const at = ["project", "requires-python"];
  const specifier = typeof said === "string" ? lenientSpecifier(said) : null;
  const isExact = typeof said === "string" && specifier !== "" && cleanSpecifier(said) !== null;
  const findings = isExact ? [] : [wrongType(path, document, at, 'a version specifier such as ">=3.11"')];
  if (specifier === null || specifier === "") return { python: null, findings };
  return { python: { specifier, location: { file: path, line: document.lineOf(at) } }, findings };
}

export function merge(parts: readonly DeclaredRequirements[]): DeclaredRequirements {
  return {
    requirements: parts.flatMap((part) => part.requirements),
    findings: parts.flatMap((part) => part.findings),
  };
}
