import { pythonSpecifier } from "../manifests/index.ts";
import type { Config, Manifest, PythonRequest } from "../model/index.ts";

/** The most specific statement first: where several files speak of a Python, the first of these counts. */
const order = [
  "pylock.toml",
  ".python-version",
  "runtime.txt",
  ".tool-versions",
  "conda-project.yml",
  "anaconda-project.yml",
  "pixi.toml",
  "environment.yml",
  "MLproject",
  "python_env.yaml",
  "pyproject.toml",
  "Pipfile",
  "setup.cfg",
  "setup.py",
  "Dockerfile",
  "devcontainer.json",
];

/** The Python that the project asks for: rung.toml's, else the most specific one that a manifest states. */
export function askedPython(
  config: Config,
  configFile: string | null,
  manifests: readonly Manifest[],
): PythonRequest | null {
  if (config.python !== undefined && configFile !== null) {
    return {
      specifier: pythonSpecifier(config.python) ?? config.python,
      location: { file: configFile, line: null },
    };
  }
  const ranked = manifests.filter((manifest) => manifest.python !== null).sort((a, b) => rank(a) - rank(b));
  return ranked[0]?.python ?? null;
}

function rank({ format, path }: Manifest): number {
  const at = order.indexOf(format);
  if (at < 0) return order.length;
  // environment-docs.yml and its like stand beside the project's own.
  return format === "environment.yml" && !/^environment\.ya?ml$/u.test(path) ? at + 0.5 : at;
}
