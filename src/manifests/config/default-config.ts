import type { Config } from "../../model/index.ts";

/** What an empty rung.toml means; written out here so that a project without one loads no schema. */
export function defaultConfig(): Config {
  return {
    project: {},
    engine: "uv",
    target: 3,
    repeats: 2,
    commands: {},
    variables: {},
    compare: [],
    data: {},
  };
}
