import { asArray, asTable, asText } from "../toml/toml-values.ts";
import type { YamlDocument } from "../yaml/yaml-document.ts";
import { valueAt, type DvcValues } from "./interpolate.ts";

/** One stage to run, with the values of its own foreach or matrix entry. */
export interface DvcStage {
  /** "train", or "train@fast" where foreach or matrix makes several of one. */
  readonly name: string;
  readonly said: DvcValues;
  readonly own: DvcValues;
  readonly line: number | null;
}

/** More than this many of one stage are a fault or an attack. */
const most = 500;

/** The stages in the file's order, foreach and matrix written out. */
export function stagesOf(document: YamlDocument, values: DvcValues): readonly DvcStage[] {
  return Object.entries(asTable(document.value["stages"])).flatMap(([name, value]) => {
    const table = asTable(value);
    const line = document.lineOf(["stages", name]);
    if (Object.hasOwn(table, "foreach")) {
      const said = asTable(table["do"]);
      return foreachEntries(resolved(table["foreach"], values)).map(([key, own]) => ({
        name: `${name}@${key}`,
        said,
        own,
        line,
      }));
    }
    if (Object.hasOwn(table, "matrix")) {
      return matrixEntries(asTable(table["matrix"]), values).map(([key, item]) => ({
        name: `${name}@${key}`,
        said: table,
        own: { item, key },
        line,
      }));
    }
    return [{ name, said: table, own: {}, line }];
  });
}

/** `${name}` alone stands for a list or table. */
function resolved(value: unknown, values: DvcValues): unknown {
  const name = /^\$\{([^{}]+)\}$/u.exec(asText(value)?.trim() ?? "")?.[1];
  return name === undefined ? value : valueAt(values, name);
}

function foreachEntries(value: unknown): readonly (readonly [string, DvcValues])[] {
  const list = asArray(value).map((item, position): readonly [string, DvcValues] => [
    asText(item) ?? String(position),
    { item },
  ]);
  const table = Object.entries(asTable(value)).map(([key, item]): readonly [string, DvcValues] => [
    key,
    { key, item },
  ]);
  return [...list, ...table].slice(0, most);
}

function matrixEntries(matrix: DvcValues, values: DvcValues): readonly (readonly [string, DvcValues])[] {
  let entries: readonly (readonly [string, DvcValues])[] = [["", {}]];
  for (const [axis, said] of Object.entries(matrix)) {
    const choices = asArray(resolved(said, values)).slice(0, most);
    entries = entries
      .flatMap(([name, item]) =>
        choices.map((choice, position): readonly [string, DvcValues] => {
          const part = asText(choice) ?? `${axis}${position}`;
          return [name === "" ? part : `${name}-${part}`, { ...item, [axis]: choice }];
        }),
      )
      .slice(0, most);
  }
  return Object.keys(matrix).length === 0 ? [] : entries;
}
