import { mergeDependencies, readPipList } from "../conda/read-dependencies.ts";
import { baseName, defineManifestFormat, makeManifest, type ReadContext } from "../manifest-format.ts";
import type { Manifest } from "../../model/index.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";
import { asText } from "../toml/toml-values.ts";
import { readYaml } from "../yaml/yaml-document.ts";

/** MLflow's python_env.yaml: a Python, what builds need, and lines of a requirements file. */
export const pythonEnv = defineManifestFormat({
  id: "python_env.yaml",
  matches: (path) => /^python_env\.ya?ml$/u.test(baseName(path)),
  read: readPythonEnv,
});

/** Reads a python_env.yaml under whatever name an MLproject gives it. */
export function readPythonEnv(path: string, text: string, context: ReadContext): Manifest {
  const document = readYaml(path, text, "python-env-invalid");
  const file = { path, text, document, context };
  const dependencies = mergeDependencies([
    readPipList(file, ["dependencies"], ""),
    readPipList(file, ["build_dependencies"], "build-system"),
  ]);
  const specifier = pythonSpecifier(asText(document.value["python"]) ?? "");
  return makeManifest("python_env.yaml", path, {
    ...dependencies,
    python:
      specifier === null ? null : { specifier, location: { file: path, line: document.lineOf(["python"]) } },
    findings: [...document.findings, ...dependencies.findings],
  });
}
