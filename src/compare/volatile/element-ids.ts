import type { TextRule } from "./text-rule.ts";

// pandas' Styler names its table T_ and hex digits; Matplotlib's SVG its paths a letter or two and ten hex digits;
// Plotly and Bokeh the elements that their plots are drawn into by a UUID (RFC 9562).
// A row or a paragraph that has one is a record with its identifier, which counts.
const uuid = String.raw`[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}`;
const defined = new RegExp(
  String.raw`\bid="(T_[\da-f]{5,32}|[a-zA-Z]{1,2}[\da-f]{10})"|<div\b[^<>]{0,300}?\bid="(${uuid})"`,
  "gu",
);
const mentioned = new RegExp(
  String.raw`\bT_[\da-f]{5,32}(?=[" _{,])|(?<=["#])[a-zA-Z]{1,2}[\da-f]{10}(?=[")])|(?<=["'#])${uuid}(?=["')])`,
  "gu",
);

/**
 * Elements of HTML and SVG that a library names at random in each run, renamed in the order of their appearance. Such a
 * name only links places within one output, as an address does in a repr: outputs that are equal up to it show the same.
 * Only names that the text itself defines as an element's id are touched.
 */
export const elementIds: TextRule = {
  id: "random-element-ids",
  apply(text) {
    const names = new Map<string, string>();
    for (const [, short, long] of text.matchAll(defined)) {
      const id = short ?? long ?? "";
      if (!names.has(id)) names.set(id, `(element ${names.size + 1})`);
    }
    return names.size === 0 ? text : text.replace(mentioned, (id) => names.get(id) ?? id);
  },
};
