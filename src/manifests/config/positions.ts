import type { TomlDocument, TomlPath } from "../toml/toml-document.ts";

/** Where the parts of a config stand; paths are those of the Config itself, such as ["commands", "train"]. */
export interface ConfigPositions {
  /** rung.toml or pyproject.toml. */
  readonly file: string;
  readonly lineOf: (path: TomlPath) => number | null;
}

/** The keys under which a file holds the config: [tool.rung] in pyproject.toml, the root in rung.toml. */
export const configRoot = (path: string): readonly string[] =>
  path.endsWith("pyproject.toml") ? ["tool", "rung"] : [];

export function configPositions(path: string, document: TomlDocument): ConfigPositions {
  const root = configRoot(path);
  return { file: path, lineOf: (at) => document.lineOf([...root, ...at]) };
}
