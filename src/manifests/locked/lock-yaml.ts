import { FAILSAFE_SCHEMA, load, YAMLException } from "js-yaml";
import type { Finding } from "../../model/index.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asTable } from "../toml/toml-values.ts";
import { lockBroken } from "./lock-findings.ts";

/** More aliases than a tool writes; each may stand for as much as the rest of the file. */
const maxAliases = 1000;

/**
 * A lock in YAML: every scalar as the text that it is written with, so that a version 1.10 stays one. Broken text, tags,
 * endless nesting and a flood of aliases give an empty table and one finding.
 */
export function readLockYaml(
  path: string,
  text: string,
): { readonly value: TomlTable; readonly findings: readonly Finding[] } {
  try {
    return { value: asTable(load(text, { schema: FAILSAFE_SCHEMA, json: true, maxAliases })), findings: [] };
  } catch (error) {
    const line = error instanceof YAMLException ? (error.mark?.line ?? null) : null;
    const said = error instanceof YAMLException ? error.reason : String(error);
    return {
      value: {},
      findings: [lockBroken(path, line === null ? null : line + 1, `is not valid YAML: ${said}`)],
    };
  }
}
