import { environmentOf } from "../anaconda-project/read-commands.ts";
import {
  mergeDependencies,
  noDependencies,
  readVariables,
  type CondaDependencies,
  type CondaFile,
} from "../conda/read-dependencies.ts";
import { readEnvironment } from "../environment-yml/index.ts";
import { baseName, defineManifestFormat, folderOf, makeManifest, resolvePath } from "../manifest-format.ts";
import { declareCommand } from "../shell/declare-command.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import { readYaml } from "../yaml/yaml-document.ts";

/** conda-project.yml: environments made of environment files, variables and commands. https://conda-incubator.github.io/conda-project/ */
export const condaProject = defineManifestFormat({
  id: "conda-project.yml",
  matches: (path) => /^conda-project\.ya?ml$/u.test(baseName(path)),
  read(path, text, context) {
    const document = readYaml(path, text, "conda-project-invalid");
    const file: CondaFile = { path, text, document, context };
    const environments = readEnvironments(file);
    const variables = readVariables(file, ["variables"], document.value["variables"]);
    const commands = Object.entries(asTable(document.value["commands"])).map(([name, value]) => {
      const said = asTable(value);
      const own = readVariables(file, ["commands", name, "variables"], said["variables"]);
      return declareCommand({
        name,
        run: asText(value) ?? asText(said["cmd"]) ?? "",
        cwd: folderOf(path).replace(/\/$/u, "") || ".",
        env: { ...environmentOf(variables), ...environmentOf(own) },
        location: { file: path, line: document.lineOf(["commands", name]) },
      });
    });
    return makeManifest("conda-project.yml", path, {
      ...environments,
      projectName: asText(document.value["name"]),
      variables,
      commands: commands.flatMap((found) => found.commands),
      findings: [
        ...document.findings,
        ...environments.findings,
        ...commands.flatMap((found) => found.findings),
      ],
    });
  },
});

/** The first environment is the one that commands run in by default; the others' requirements bear their name as group. */
function readEnvironments(
  file: CondaFile,
): CondaDependencies & Pick<ReturnType<typeof readEnvironment>, "indexes"> {
  const indexes: ReturnType<typeof readEnvironment>["indexes"][number][] = [];
  const lists: CondaDependencies[] = [];
  for (const [position, [name, value]] of Object.entries(
    asTable(file.document.value["environments"]),
  ).entries()) {
    for (const said of [value, ...asArray(value)]) {
      const path = typeof said === "string" ? resolvePath(folderOf(file.path), said) : null;
      const text = path === null ? null : file.context.readFile(path);
      if (path === null || text === null) continue;
      const read = readEnvironment(path, text, file.context, position === 0 ? "" : name);
      indexes.push(...read.indexes);
      lists.push(position === 0 ? read : { ...read, python: null });
    }
  }
  return { ...(lists.length === 0 ? noDependencies : mergeDependencies(lists)), indexes };
}
