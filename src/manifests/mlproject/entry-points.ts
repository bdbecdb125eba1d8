import { shellQuote } from "../../system/index.ts";
import { asTable, asText } from "../toml/toml-values.ts";
import { readYaml, type YamlDocument } from "../yaml/yaml-document.ts";

export interface EntryPoint {
  readonly name: string;
  /** With `{parameter}` where a value goes. */
  readonly command: string;
  /** Default values by name; null where there is none. */
  readonly parameters: ReadonlyMap<string, string | null>;
  readonly line: number | null;
}

/** The entry points of an MLproject's text, in its order. */
export function entryPointsOf(text: string): readonly EntryPoint[] {
  return readEntryPoints(readYaml("MLproject", text, "mlproject-invalid"));
}

export function readEntryPoints(document: YamlDocument): readonly EntryPoint[] {
  return Object.entries(asTable(document.value["entry_points"])).flatMap(([name, value]) => {
    const said = asTable(value);
    const command = asText(said["command"])?.trim() ?? "";
    if (command === "") return [];
    const parameters = new Map(
      Object.entries(asTable(said["parameters"])).map(([key, parameter]) => [
        key,
        asText(asTable(parameter)["default"]),
      ]),
    );
    return [{ name, command, parameters, line: document.lineOf(["entry_points", name]) }];
  });
}

/**
 * The line that an entry point runs with these values, each quoted for the shell; a value that it does not declare is
 * added as `--name value`, as MLflow does. `missing` names the parameters that have no value.
 */
export function entryLine(
  entry: EntryPoint,
  values: ReadonlyMap<string, string>,
): { readonly line: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = entry.command.replaceAll(/\{([A-Za-z_]\w*)\}/gu, (whole, name: string) => {
    const value = values.get(name) ?? entry.parameters.get(name) ?? null;
    if (value === null) missing.add(name);
    return value === null ? whole : shellQuote(value);
  });
  const extra = [...values].filter(([name]) => !entry.parameters.has(name));
  return {
    line: [filled, ...extra.map(([name, value]) => `--${name} ${shellQuote(value)}`)].join(" "),
    missing: [...missing],
  };
}
