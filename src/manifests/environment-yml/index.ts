import { readChannels, readDependencies, readVariables, type CondaFile } from "../conda/read-dependencies.ts";
import {
  baseName,
  defineManifestFormat,
  folderOf,
  makeManifest,
  type ReadContext,
} from "../manifest-format.ts";
import type { Manifest } from "../../model/index.ts";
import { readYaml } from "../yaml/yaml-document.ts";
import { listsPackages } from "./lists-packages.ts";
import { addToEnvironment, pinEnvironment } from "./edit-environment.ts";

/** Names that say what the file is, wherever it lies. */
const ownName = /^(?:conda[-_.]?)?env(?:ironment)?s?(?:[-_.].*)?\.ya?ml$|^conda(?:[-_.]env.*)?\.ya?ml$/iu;
/** YAML files that are something else, whatever stands in them. */
const otherName =
  /lock|^(?:anaconda-project|conda-project|conda-store|dvc|params|python_env|meta|recipe|conda_build_config|mkdocs|_config|_toc|codecov|dependabot|galaxy|values|chart|pubspec|pixi|action|\.pre-commit-config|\.readthedocs|readthedocs|azure-pipelines|appveyor|\.travis|\.gitlab-ci|tox|setup)(?:[-_.].*)?\.ya?ml$|^(?:docker-)?compose/iu;
const ownFolder = /^(?:|\.?binder\/|conda\/|conda[-_]envs?\/|envs?\/|environments?\/|workflow\/envs\/)$/u;

/**
 * conda's environment.yml under any name: at the root and in the folders where environments are kept each YAML file that
 * lists dependencies. https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html
 */
export const environmentYml = defineManifestFormat({
  id: "environment.yml",
  matches: (path) => {
    const name = baseName(path);
    if (!/\.ya?ml$/iu.test(name) || otherName.test(name)) return false;
    return ownName.test(name) || ownFolder.test(folderOf(path));
  },
  recognises: (path, text) => ownName.test(baseName(path)) || listsPackages(text),
  read: readEnvironment,
  edits: { pin: pinEnvironment, add: addToEnvironment },
});

/** Reads a conda environment file; its requirements are of the group named. */
export function readEnvironment(path: string, text: string, context: ReadContext, group = ""): Manifest {
  const document = readYaml(path, text, "environment-invalid");
  const file: CondaFile = { path, text, document, context };
  const dependencies = readDependencies(file, ["dependencies"], group);
  return makeManifest("environment.yml", path, {
    ...dependencies,
    indexes: readChannels(file, ["channels"]),
    variables: readVariables(file, ["variables"], document.value["variables"]),
    findings: [...document.findings, ...dependencies.findings],
  });
}
