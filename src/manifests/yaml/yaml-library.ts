import { createRequire } from "node:module";
import type * as Yaml from "yaml";

const require = createRequire(import.meta.url);
let loaded: typeof Yaml | null = null;

/** The yaml library, loaded with the first file that needs it: many projects have none, and loading takes 25 ms. */
export function yaml(): typeof Yaml {
  loaded ??= require("yaml") as typeof Yaml;
  return loaded;
}

/** A value as YAML text, its lines as long as they are. */
export function yamlText(value: unknown): string {
  return yaml().stringify(value, { lineWidth: 0 });
}
