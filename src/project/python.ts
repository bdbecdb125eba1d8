import { posix } from "node:path";
import { pythonSpecifier } from "../manifests/index.ts";
import type { Config, Manifest, PythonRequest } from "../model/index.ts";
import { chooseSpec } from "./spec.ts";

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

/** Behind a lock and .python-version, which say nothing else. */
const afterPinned = order.indexOf(".python-version") + 0.5;

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
  const spec = chooseSpec(manifests);
  const ranked = manifests
    .filter((manifest) => manifest.python !== null)
    .toSorted((a, b) => rank(a, spec) - rank(b, spec));
  return ranked[0]?.python ?? null;
}

/** Formats that say the Python beside the packages: where one is the spec, its word counts for its environment. */
const environments = new Set(["conda-project.yml", "anaconda-project.yml", "pixi.toml", "environment.yml"]);

function rank({ format, path }: Manifest, spec: Manifest | null): number {
  if (spec?.path === path && environments.has(format)) return afterPinned;
  const folder = posix.dirname(path);
  if (folder !== "." && spec !== null && posix.dirname(spec.path) === folder) return afterPinned + 0.1;
  const at = order.indexOf(format);
  if (at < 0) return order.length;
  // environment-docs.yml and its like stand beside the project's own.
  return format === "environment.yml" && !/^environment\.ya?ml$/u.test(path) ? at + 0.5 : at;
}
