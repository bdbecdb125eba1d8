import { FAILSAFE_SCHEMA, load, YAMLException } from "js-yaml";
import type { Finding } from "../../model/index.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { asTable } from "../toml/toml-values.ts";
import { lockBroken } from "./lock-findings.ts";

/** More aliases than a tool writes; each may stand for as much as the rest of the file. */
const options = { schema: FAILSAFE_SCHEMA, json: true, maxAliases: 1000 } as const;

/**
 * A lock in YAML: every scalar as the text that it is written with, so that a version 1.10 stays one. Broken text, tags,
 * endless nesting and a flood of aliases give an empty table and one finding. What packages depend on is left out.
 */
export function readLockYaml(
  path: string,
  text: string,
): { readonly value: TomlTable; readonly findings: readonly Finding[] } {
  try {
    return { value: asTable(load(withoutDependencies(text), options)), findings: [] };
  } catch (error) {
    const line = error instanceof YAMLException ? (error.mark?.line ?? null) : null;
    const said = error instanceof YAMLException ? error.reason : String(error);
    return {
      value: {},
      findings: [lockBroken(path, line === null ? null : line + 1, `is not valid YAML: ${said}`)],
    };
  }
}

const plain = String.raw`(?:'[^'\n]*'|"[^"\\\n]*"|[A-Za-z0-9_=<~][\w.*<>=!,~|+-]*(?: [\w.*<>=!,~|+-]+)*)`;
const dependencies = new RegExp(
  String.raw`^( *)(?:dependencies|depends|constrains):\n((?:\1(?: +[A-Za-z0-9_][\w.-]*: ${plain}| *- ${plain})\n)+)`,
  "gmu",
);

/**
 * The text with the lines of plain dependencies made blank, so that all others keep their numbers: nobody asks for them, and they
 * are a third of what there is to parse. Only lines that are whole and simple YAML by themselves are taken.
 */
function withoutDependencies(text: string): string {
  return text.replaceAll(dependencies, (block: string, _: string, lines: string) => {
    const blank = "\n".repeat(lines.split("\n").length - 1);
    return block.slice(0, block.length - lines.length) + blank;
  });
}
