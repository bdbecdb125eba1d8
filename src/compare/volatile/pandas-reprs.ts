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

const seriesFooter =
  /^(?:(?:Freq|Name|Length): [^\n]{0,300}, )?dtype: (?:u?int|float|complex|bool|Int|Float)\w{0,10}$/u;
const seriesValue = /^(?:[-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|NaN|inf)|True|False)$/u;

/** A printed Series of numbers: how far its values stand from its labels, and labels that are numbers from the edge. */
export const seriesAlignment: TextRule = {
  id: "series-alignment",
  apply(text) {
    const lines = text.trimEnd().split("\n");
    if (!seriesFooter.test(lines.at(-1) ?? "")) return text;
    const aligned = lines.map(alignedLine);
    return aligned.join("\n") + text.slice(text.trimEnd().length);
  },
};

/** A line with a label, a gap and a number; any other as it is. What stands before the gap is the label as it is. */
function alignedLine(line: string): string {
  const gap = line.lastIndexOf("  ");
  const [label, value] = [line.slice(0, Math.max(0, gap)).trimEnd(), line.slice(gap + 2)];
  if (label.trim() === "" || !seriesValue.test(value)) return line;
  return `${/^ *(?:[-+]?\d|NaN)/u.test(label) ? label.trimStart() : label}  ${value}`;
}
