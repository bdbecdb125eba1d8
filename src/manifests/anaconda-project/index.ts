import {
  mergeDependencies,
  readChannels,
  readDependencies,
  readPipList,
  readVariables,
  type CondaDependencies,
  type CondaFile,
} from "../conda/read-dependencies.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import { readYaml } from "../yaml/yaml-document.ts";
import { readCommands } from "./read-commands.ts";
import { readDownloads, readServices } from "./read-downloads.ts";

/**
 * anaconda-project.yml: packages for all and by env_spec, channels, variables, downloads, services and commands.
 * https://anaconda-project.readthedocs.io/en/latest/user-guide/reference.html
 */
export const anacondaProject = defineManifestFormat({
  id: "anaconda-project.yml",
  matches: (path) => /^anaconda-project\.ya?ml$/u.test(baseName(path)),
  read(path, text, context) {
    const document = readYaml(path, text, "anaconda-project-invalid");
    const file: CondaFile = { path, text, document, context };
    const dependencies = readEnvSpecs(file);
    const services = readServices(file);
    const downloads = readDownloads(file);
    const variables = [
      ...readVariables(file, ["variables"], document.value["variables"]),
      ...downloads.variables,
      ...services.variables,
    ];
    const commands = readCommands(file, variables);
    return makeManifest("anaconda-project.yml", path, {
      ...dependencies,
      projectName: asText(document.value["name"])?.trim() || null,
      indexes: channelsOf(file),
      variables,
      downloads: downloads.downloads,
      commands: commands.commands,
      findings: [...document.findings, ...dependencies.findings, ...services.findings, ...commands.findings],
    });
  },
});

/** The specs' own packages bear the spec's name as their group, but for the spec that the first command runs in. */
function readEnvSpecs(file: CondaFile): CondaDependencies {
  const specs = asTable(file.document.value["env_specs"]);
  const main = withParents(specs, mainSpec(file));
  const lists = [readPackages(file, [], "")];
  for (const name of [...main, ...Object.keys(specs).filter((spec) => !main.includes(spec))]) {
    lists.push(readPackages(file, ["env_specs", name], main.includes(name) ? "" : name));
  }
  const [, ...own] = lists;
  const merged = mergeDependencies(lists);
  // What a spec says itself counts before what it inherits.
  const python = own.slice(0, main.length).find((list) => list.python !== null)?.python;
  return { ...merged, python: python ?? lists[0]?.python ?? null };
}

/** "packages" and its newer name "dependencies"; pip's requirements in them, or beside them. */
function readPackages(file: CondaFile, at: readonly string[], group: string): CondaDependencies {
  return mergeDependencies([
    readDependencies(file, [...at, "packages"], group),
    readDependencies(file, [...at, "dependencies"], group),
    readPipList(file, [...at, "pip"], group),
  ]);
}

function mainSpec(file: CondaFile): string | null {
  const specs = Object.keys(asTable(file.document.value["env_specs"]));
  const commands = Object.entries(asTable(file.document.value["commands"]));
  const first = commands.find(([name]) => name === "default") ?? commands[0];
  const named = asText(asTable(first?.[1])["env_spec"]);
  return named !== null && specs.includes(named)
    ? named
    : (specs.find((name) => name === "default") ?? specs[0] ?? null);
}

/** A spec and those that it inherits from, nearest first. */
function withParents(specs: Readonly<Record<string, unknown>>, spec: string | null): readonly string[] {
  const found: string[] = [];
  const waiting = spec === null ? [] : [spec];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (found.includes(name) || !Object.hasOwn(specs, name)) continue;
    found.push(name);
    const parents = asTable(specs[name])["inherit_from"];
    waiting.push(...[parents, ...asArray(parents)].filter((parent) => typeof parent === "string"));
  }
  return found;
}

function channelsOf(file: CondaFile): ReturnType<typeof readChannels> {
  const specs = Object.keys(asTable(file.document.value["env_specs"]));
  const all = [["channels"], ...specs.map((name) => ["env_specs", name, "channels"])];
  const channels = all.flatMap((at) => readChannels(file, at));
  return channels.filter(({ url }, index) => channels.findIndex((other) => other.url === url) === index);
}
