import type { Finding, Manifest, Requirement } from "../../model/index.ts";
import { condaPython, condaSpecifier, parseCondaRequirement, parseMatchSpec } from "../conda/match-spec.ts";
import { markerOfSelector } from "../conda/selectors.ts";
import { folderOf, type ManifestParts } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import type { TomlDocument, TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText, tableAt } from "../toml/toml-values.ts";
import { placesOf } from "./places.ts";
import { readTasks } from "./read-tasks.ts";

/**
 * Pixi's tables, in pixi.toml (`at` is empty) or under [tool.pixi] of pyproject.toml: dependencies from conda and PyPI, by
 * feature and platform, tasks, activation variables and channels. https://pixi.sh/latest/reference/pixi_manifest/
 */
export function readPixi(path: string, document: TomlDocument, at: readonly string[]): ManifestParts {
  const root = tableAt(document.value, ...at);
  const workspace = { ...tableAt(root, "project"), ...tableAt(root, "workspace") };
  const requirements: Requirement[] = [];
  const findings: Finding[] = [];
  let python: Manifest["python"] = null;
  const variables: Manifest["variables"][number][] = [];
  for (const place of placesOf(root)) {
    for (const key of ["host-dependencies", "dependencies"]) {
      for (const [name, value] of Object.entries(tableAt(root, ...place.at, key))) {
        const said = asText(value) ?? asText(asTable(value)["version"]) ?? "*";
        const location = { file: path, line: document.lineOf([...at, ...place.at, key, name]) };
        const spec = parseMatchSpec(`${name} ${said === "*" ? "" : said}`);
        if (name === "python") {
          const specifier = spec === null ? null : condaPython({ ...spec, version: said });
          if (specifier !== null && place.group === "") python ??= { specifier, location };
          continue;
        }
        const found = parseCondaRequirement(name, { location, group: place.group });
        if (found === null) continue;
        const specifier = condaSpecifier(said) ?? "";
        requirements.push({ ...found, specifier, raw: `${name} ${said}`, marker: place.marker });
      }
    }
    for (const [name, value] of Object.entries(tableAt(root, ...place.at, "pypi-dependencies"))) {
      const location = { file: path, line: document.lineOf([...at, ...place.at, "pypi-dependencies", name]) };
      requirements.push(pypiRequirement(name, value, { location, group: place.group }, place.marker));
    }
    const env = [...place.at, "activation", "env"];
    for (const [name, value] of Object.entries(tableAt(root, ...env))) {
      if (place.marker !== null && place.marker !== markerOfSelector("linux-64")) continue;
      variables.push({
        name,
        value: asText(value),
        location: { file: path, line: document.lineOf([...at, ...env, name]) },
      });
    }
  }
  const tasks = readTasks(path, document, [...at], {
    places: placesOf(root),
    cwd: folderOf(path).replace(/\/$/u, "") || ".",
    env: Object.fromEntries(variables.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
  });
  return {
    projectName: asText(workspace["name"]),
    requirements,
    python,
    variables,
    commands: tasks.commands,
    indexes: channelsOf(path, document, at, root),
    findings: [...findings, ...tasks.findings],
  };
}

function pypiRequirement(
  name: string,
  value: unknown,
  origin: Parameters<typeof bareRequirement>[1],
  marker: string | null,
): Requirement {
  const table = asTable(value);
  const said = asText(value) ?? asText(table["version"]) ?? "*";
  const git = asText(table["git"]);
  const revision = asText(table["rev"]) ?? asText(table["tag"]) ?? asText(table["branch"]);
  const url =
    git === null
      ? (asText(table["url"]) ?? asText(table["path"]))
      : `git+${git}${revision === null ? "" : `@${revision}`}`;
  const specifier =
    said === "*" || url !== null ? "" : (cleanSpecifier(/^\d/u.test(said) ? `==${said}` : said) ?? "");
  return {
    ...bareRequirement(`${name} ${said}`, origin),
    name: normaliseName(name),
    specifier,
    url,
    marker,
    editable: table["editable"] === true,
    extras: asArray(table["extras"]).map((extra) => normaliseName(String(extra))),
  };
}

function channelsOf(
  path: string,
  document: TomlDocument,
  at: readonly string[],
  root: TomlTable,
): Manifest["indexes"] {
  return ["project", "workspace"].flatMap((key) =>
    asArray(tableAt(root, key)["channels"]).flatMap((channel, position) => {
      const url = asText(channel) ?? asText(asTable(channel)["channel"]);
      const location = { file: path, line: document.lineOf([...at, key, "channels", position]) };
      return url === null ? [] : [{ kind: "channel" as const, url, location }];
    }),
  );
}
