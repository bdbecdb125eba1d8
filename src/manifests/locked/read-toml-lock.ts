import type { Finding, Manifest } from "../../model/index.ts";
import { readToml, type TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import { cleanSpecifier } from "../requirement/specifier.ts";
import { keyLine, tableLines } from "./package-lines.ts";

/** A lock in TOML with its packages below `[[package]]`, and where they stand. */
export interface TomlLock {
  readonly value: TomlTable;
  readonly packages: readonly TomlTable[];
  /** The line of each package's name. */
  readonly lines: readonly number[];
  /** The line of the first assignment to a key; null where there is none. */
  readonly lineOf: (key: string) => number | null;
  /** Empty where the text is TOML. */
  readonly findings: readonly Finding[];
}

/** Reads a lock in TOML; `key` names its list of packages. Broken text gives no packages and a finding. */
export function readTomlLock(path: string, text: string, key = "package"): TomlLock {
  const { value, findings } = readToml(path, text, "lock-invalid");
  const broken = findings.length > 0;
  return {
    value,
    packages: asArray(value[key]).map(asTable),
    lines: broken ? [] : tableLines(text, key),
    lineOf: (name) => (broken ? null : keyLine(text, name)),
    findings,
  };
}

/** `requires-python` at the top of a lock; null where it says nothing that can be read. */
export function requiredPython(path: string, { value, lineOf }: TomlLock): Manifest["python"] {
  const specifier = cleanSpecifier(asText(value["requires-python"]) ?? "");
  if (specifier === null || specifier === "") return null;
  return { specifier, location: { file: path, line: lineOf("requires-python") } };
}
