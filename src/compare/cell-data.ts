import {
  different,
  identical,
  normalised,
  placedIn,
  withinTolerance,
  type CompareOptions,
  type Result,
} from "./comparator.ts";
import { compareConsoleText } from "./console-text.ts";
import { differenceAt } from "./excerpt.ts";
import type { ExactJson } from "./formats/exact-json.ts";
import { textOf } from "./formats/notebook.ts";
import { compareJsonValues, jsonFormatting } from "./json-values.ts";
import { columnAlignment, dataframeMarkup } from "./volatile/dataframe-markup.ts";
import { elementIds } from "./volatile/element-ids.ts";
import { iframeMarkup, latexWrapper } from "./volatile/markup.ts";
import { holdsSameWords } from "./volatile/table-layout.ts";
import type { TextRule } from "./volatile/text-rule.ts";

/** What of an output's HTML both sides show alike. pandas' own tables show every value that their plain form shows. */
type Table = "none" | "table" | "dataframe";

type Data = ReadonlyMap<string, ExactJson>;

/** Two rich outputs of a cell, form by form (MIME type). A form that one side lacks is a difference. */
export async function compareCellData(before: Data, after: Data, options: CompareOptions): Promise<Result> {
  const results: Result[] = [];
  const types = [...new Set([...before.keys(), ...after.keys()])];
  // HTML comes first: a table that is equal there vouches for how the values of its plain form are laid out.
  let table: Table = "none";
  for (const type of types.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))) {
    const [one, other] = [before.get(type), after.get(type)];
    if (one === undefined || other === undefined) {
      results.push(different([{ where: type, before: presence(one), after: presence(other) }]));
      continue;
    }
    const result = await compareForm(type, one, other, options, table);
    if (type === "text/html") {
      table = result.verdict === "different" ? "none" : tableIn(textOf(one));
    }
    results.push(placedIn(`${type}, `, result));
  }
  return combine(results);
}

/** Whether a form of an output (a MIME type) is a picture. */
export function isImageForm(type: string): boolean {
  return type.startsWith("image/") || type === "application/pdf";
}

function tableIn(html: string): Table {
  if (!html.includes("<table")) return "none";
  return /<table\b[^<>]{0,200}\bclass="dataframe\b/u.test(html) ? "dataframe" : "table";
}

function rank(type: string): number {
  return type === "text/html" ? 0 : 1;
}

function presence(value: ExactJson | undefined): string {
  return value === undefined ? "(missing)" : "(there)";
}

async function compareForm(
  type: string,
  before: ExactJson,
  after: ExactJson,
  options: CompareOptions,
  table: Table,
): Promise<Result> {
  if (/^application\/(?:.{1,80}\+)?json$/u.test(type)) return compareJsonForm(type, before, after, options);
  const [one, other] = [textOf(before), textOf(after)];
  if (/^image\/(?!svg\+xml$)|^application\/(?:pdf|octet-stream)$/u.test(type)) {
    if (one === other) return identical;
    const [left, right] = [Buffer.from(one, "base64"), Buffer.from(other, "base64")];
    const { verdict, rules, differences, measure } = await options.inner("", left, right);
    if (verdict !== "identical") return { verdict, rules, differences, measure };
    const isSame = withoutSpace(one) === withoutSpace(other);
    return isSame ? normalised(["base64-lines"]) : different([differenceAt("data", one, other)]);
  }
  const result = compareConsoleText(one, other, options, rulesFor(type, table));
  const isLaidOut = result.verdict === "different" && type === "text/plain" && table === "dataframe";
  if (isLaidOut && options.acrossVersions === true && holdsSameWords(one, other, options.tolerances))
    return normalised(["table-layout"]);
  return explain(one, other, result);
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/gu, "");
}

/** The rules that a form takes beside those for all text. */
function rulesFor(type: string, table: Table): readonly TextRule[] {
  if (type === "text/html") return [dataframeMarkup, iframeMarkup, elementIds];
  if (type === "text/latex") return [latexWrapper];
  if (type === "image/svg+xml") return [elementIds];
  return type === "text/plain" && table !== "none" ? [columnAlignment] : [];
}

/** Matplotlib writes the date into its SVG: that is said, and not forgiven, since dates are not normalised. */
function explain(before: string, after: string, result: Result): Result {
  if (result.verdict !== "different") return result;
  const undated = (text: string): string => elementIds.apply(text.replaceAll(svgDate, ""), "");
  const measure = 'only the date differs (Matplotlib, unless metadata={"Date": None} is given)';
  return undated(before) === undated(after) ? { ...result, measure } : result;
}

const svgDate = /<dc:date>[^<]{0,200}<\/dc:date>/gu;

function compareJsonForm(
  type: string,
  before: ExactJson,
  after: ExactJson,
  { tolerances }: CompareOptions,
): Result {
  const isWidget = type === "application/vnd.jupyter.widget-view+json";
  const [one, other] = isWidget ? [withoutModel(before), withoutModel(after)] : [before, after];
  const result = compareJsonValues(one, other, tolerances, "as values");
  if (result.verdict !== "normalised") return result;
  if (isWidget && !compareModel(before, after)) return normalised(["widget-id"]);
  return identical;
}

/** A widget's view holds the random id of its model, as an address does in a repr. */
function withoutModel(value: ExactJson): ExactJson {
  return value instanceof Map ? new Map([...value].filter(([key]) => key !== "model_id")) : value;
}

function compareModel(before: ExactJson, after: ExactJson): boolean {
  return before instanceof Map && after instanceof Map && before.get("model_id") === after.get("model_id");
}

/** The worst of several parts, with all their rules and places. */
export function combine(results: readonly Result[]): Result {
  const rules = [...new Set(results.flatMap((result) => result.rules))].filter(
    (rule) => rule !== jsonFormatting,
  );
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  const measures = results.flatMap(({ measure }) => measure ?? []);
  const measure = measures.length === 0 ? null : measures.slice(0, 5).join("; ");
  if (verdicts.has("different"))
    return different(
      results.flatMap(({ differences }) => differences),
      measure,
    );
  if (verdicts.has("tolerance")) return withinTolerance(rules, measure);
  return verdicts.has("normalised") ? normalised(rules, measure) : identical;
}
