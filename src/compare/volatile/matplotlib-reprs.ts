import type { TextRule } from "./text-rule.ts";

// Matplotlib up to 3.1: "<matplotlib.axes._subplots.AxesSubplot at 0x7f…>", in arrays with " object" before "at".
const bareAxes =
  /<(?:matplotlib\.axes\.(?:_subplots\.|_axes\.)?(Axes)(?:Subplot)?|matplotlib\.axes\._subplots\.(Axes3D|PolarAxes)Subplot|mpl_toolkits\.mplot3d\.axes3d\.(Axes3D)|matplotlib\.projections\.polar\.(PolarAxes))(?: object)? at 0x[\dA-Fa-f]{6,16}>/gu;
// 3.2 to 3.6: "<AxesSubplot:xlabel='Date'>"; from 3.7: "<Axes: xlabel='Date'>". A label's own text may hold anything.
const labelled =
  /<(Axes|Axes3D|PolarAxes)(?:Subplot)?: ?((?:(?:label|title|xlabel|ylabel|zlabel)=(?:\{[^{}\n]{0,400}\}|'(?:[^'\\\n]|\\.){0,300}'|"(?:[^"\\\n]|\\.){0,300}"),? ?){0,5})>/gu;

/**
 * Axes: earlier versions print class and address, later ones class and labels. Where one side names no label there is
 * none to compare, and the class is what both say; where both name them, labels count.
 */
export const axesReprs: TextRule = {
  id: "axes-repr",
  acrossVersions: true,
  apply(text, other) {
    if (!/<(?:Axes|PolarAxes|matplotlib\.|mpl_toolkits)/u.test(text)) return text;
    const isBare = other.search(labelled) === -1 && other.search(bareAxes) !== -1;
    return text
      .replace(bareAxes, (_, ...names: readonly unknown[]) => {
        const name = names.slice(0, 4).find((one) => typeof one === "string");
        return `<${String(name)}>`;
      })
      .replace(labelled, (_, name: string, labels: string) => {
        const kept = labels.trim();
        return isBare || (kept === "" && other.search(labelled) === -1) ? `<${name}>` : `<${name}: ${kept}>`;
      })
      .replace(betweenAxes, "$1 ");
  },
};

// How many go on a line of an array follows from how long each is.
const betweenAxes = /(<(?:Axes|Axes3D|PolarAxes)(?:: [^<>\n]{0,2000})?>\]?,)\s+(?=\[?<|dtype=)/gu;

const textArtist = /\bText\((-?[\d.]{1,30}(?:e[-+]?\d+)?), ?(-?[\d.]{1,30}(?:e[-+]?\d+)?), ?(?=['"u])/gu;

/** Matplotlib 2 writes Text(0.5,1,'title'), later versions Text(0.5, 1.0, 'title'): the numbers are compared as numbers. */
export const textArtists: TextRule = {
  id: "text-artist-repr",
  acrossVersions: true,
  apply: (text) =>
    text.includes("Text(")
      ? text.replace(textArtist, (_, x: string, y: string) => `Text(${plainNumber(x)}, ${plainNumber(y)}, `)
      : text,
};

/** "1.0" as "1"; any other text than a number, and one with more digits than a double holds, as it is. */
function plainNumber(literal: string): string {
  const digits = literal.replaceAll(/\D/gu, "").length;
  return digits > 15 || !/^-?\d+(?:\.\d*)?$/u.test(literal) ? literal : literal.replace(/\.0*$/u, "");
}

const bars = /<a list of (\d{1,9}) Patch objects>|<(?:Bar)?Container object of (\d{1,9}) artists>/gu;

/** What hist and bar return: "<a list of 10 Patch objects>" up to Matplotlib 3.2, then "<BarContainer object of 10 artists>". */
export const barContainers: TextRule = {
  id: "bars-repr",
  acrossVersions: true,
  apply: (text) =>
    /<(?:a list of|Container|BarContainer)/u.test(text)
      ? text.replace(bars, (_, old?: string, recent?: string) => `<${old ?? recent ?? ""} bars>`)
      : text,
};
