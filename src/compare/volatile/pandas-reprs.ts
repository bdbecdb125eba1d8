import type { TextRule } from "./text-rule.ts";

const index =
  /\b(?:Int64|UInt64|Float64)?Index\((\[[^()]{0,20000}\]),\s{1,40}(dtype='\w{1,30}')(,\s{1,40}name='[^'\\\n]{0,200}')?(,\s{1,40}length=\d{1,12})?\)/gu;

/**
 * pandas 2 writes Index([1, 2], dtype='int64') for what was Int64Index([1, 2], dtype='int64'): the type stays in the text.
 * Where the line is broken follows from how long the name is.
 */
export const pandasIndexes: TextRule = {
  id: "pandas-index-repr",
  apply(text) {
    if (!text.includes("Index([")) return text;
    return text.replace(index, (_, values: string, type: string, name = "", length = "") => {
      const parts = [values, type, name.slice(1).trim(), length.slice(1).trim()];
      return `Index(${parts.filter((part) => part !== "").join(", ")})`;
    });
  },
};
