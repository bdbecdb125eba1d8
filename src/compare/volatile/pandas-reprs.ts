import type { TextRule } from "./text-rule.ts";

const index =
  /\b(?:Int64|UInt64|Float64)?Index\((\[[^()]{0,20000}\]),\s{1,40}(dtype='\w{1,30}')(,\s{1,40}name='[^'\\\n]{0,200}')?(,\s{1,40}length=\d{1,12})?\)/gu;

/**
 * pandas 2 writes Index([1, 2], dtype='int64') for what was Int64Index([1, 2], dtype='int64'): the type stays in the text.
 * Where the line is broken follows from how long the name is.
 */
export const pandasIndexes: TextRule = {
  id: "pandas-index-repr",
  acrossVersions: true,
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
  acrossVersions: true,
  apply(text) {
    const lines = text.trimEnd().split("\n");
    if (!seriesFooter.test(lines.at(-1) ?? "")) return text;
    const labels = lines.flatMap((line) => labelOf(line) ?? []);
    // A label of several parts is one of a nested index, where the place in the line says which part is left out.
    const areNumbers = labels.every((label) => numberLabel.test(label));
    const aligned = lines.map((line) => alignedLine(line, areNumbers));
    return aligned.join("\n") + text.slice(text.trimEnd().length);
  },
};

const numberLabel = /^ *(?:[-+]?\d[\d.]*(?:e[-+]?\d+)?|NaN)$/u;

/** What stands before the gap, blanks at its start and all; null where the line is no label, gap and number. */
function labelOf(line: string): string | null {
  const gap = line.lastIndexOf("  ");
  const label = line.slice(0, Math.max(0, gap)).trimEnd();
  return label.trim() === "" || !seriesValue.test(line.slice(gap + 2)) ? null : label;
}

function alignedLine(line: string, areNumbers: boolean): string {
  const label = labelOf(line);
  if (label === null) return line;
  return `${areNumbers ? label.trimStart() : label}  ${line.slice(line.lastIndexOf("  ") + 2)}`;
}
