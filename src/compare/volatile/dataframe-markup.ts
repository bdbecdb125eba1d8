import type { TextRule } from "./text-rule.ts";

// What pandas' versions put around a table's cells. Nothing else is taken: other styles may carry values.
const styleBlock =
  /<style(?: scoped)?>\s{0,20}(?:\.dataframe [a-z :-]{1,60}\{\s{0,20}(?:vertical|text)-align: ?[a-z]{1,10};\s{0,20}\}\s{0,20}){1,8}<\/style>\s{0,20}/gu;
const layoutAttribute =
  / (?:style="(?:text-align: ?(?:left|right|center);|max-height:[^"<>]{0,60}overflow:auto;)"|border="\d{1,2}"|[hv]align="\w{1,10}")(?=[^<>]{0,300}>)/gu;
// Never inside a cell, where space is a value.
const betweenTags = />\n[ \n]*(?=<(?!\/t[dh]>))/gu;

// One cell to a line, so that a difference is named by its cell.
const cellStart = /(?=<(?:tr|td|th|table|p)\b)/gu;

/** A DataFrame's table with the markup that pandas' versions differ in left out; its cells stay as they are. */
export const dataframeMarkup: TextRule = {
  id: "dataframe-markup",
  apply: (text) =>
    text.includes('class="dataframe')
      ? text
          .replace(styleBlock, "")
          .replace(layoutAttribute, "")
          .replace(betweenTags, ">")
          .replace(cellStart, "\n")
          .trim()
      : text,
};

const alignment = / {2,}/gu;

/** Columns padded otherwise. Only for a text whose values another form of the same output has shown to be equal. */
export const columnAlignment: TextRule = {
  id: "column-alignment",
  apply: (text) =>
    text
      .split("\n")
      .map((line) => line.replace(alignment, " ").trim())
      .join("\n"),
};
