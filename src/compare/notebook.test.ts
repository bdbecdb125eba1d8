import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import type { Output } from "../model/index.ts";
import { compareCommitted, compareCommittedParts, compareContent, compareOutputs } from "./index.ts";

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const stream = (text: string, name = "stdout") => ({ output_type: "stream", name, text: [text] });
const result = (data: Record<string, unknown>) => ({
  output_type: "execute_result",
  execution_count: 1,
  data,
  metadata: {},
});
const failure = (evalue: string, traceback: string) => ({
  output_type: "error",
  ename: "KeyError",
  evalue,
  traceback: [traceback],
});
const cell = (outputs: readonly unknown[], more: Record<string, unknown> = {}) => ({
  cell_type: "code",
  execution_count: 1,
  source: "f()",
  metadata: {},
  outputs,
  ...more,
});
const notebookOf = (...cells: readonly unknown[]) =>
  encode({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

const output = (digest: string): Output => ({
  kind: "notebook",
  path: "a.ipynb",
  change: "created",
  digest,
  size: 0,
  mode: 0,
  symlink: false,
});
const compareRuns = (before: Uint8Array, after: Uint8Array) =>
  compareOutputs([output("before")], [output("after")], {
    command: "a",
    read: (digest) => (digest === "before" ? before : after),
    rules: [],
  });
const compareStored = (stored: Uint8Array, fresh: Uint8Array) =>
  compareCommitted("a.ipynb", fileOf(stored), fileOf(fresh), { command: "a", rules: [] });
const fileOf = (bytes: Uint8Array) => ({ bytes, executable: false, symlink: false });

async function cellVerdict(before: readonly unknown[], after: readonly unknown[]) {
  const [comparison] = await compareRuns(notebookOf(cell(before)), notebookOf(cell(after)));
  return comparison;
}

const image = (value: number, deflateLevel: number) => {
  const png = new PNG({ width: 2, height: 1 });
  png.data.fill(value);
  return PNG.sync.write(png, { deflateLevel }).toString("base64");
};
const display = (data: string) => [result({ "image/png": data, "text/plain": "<Figure>" })];
const html = (style: string, value: string) =>
  `<div>\n${style}<table border="1" class="dataframe">\n  <tbody>\n    <tr>\n      <td>${value}</td>\n    </tr></tbody></table></div>`;
const style = "<style scoped>\n    .dataframe tbody tr th {\n        vertical-align: top;\n    }\n</style>\n";
const table = (markup: string, value: string, pad: string) => [
  result({ "text/html": html(markup, value), "text/plain": `  a${pad}\n0 ${pad}${value}` }),
];
const svg = (name: string) => [result({ "image/svg+xml": `<path id="m${name}"/><use href="#m${name}"/>` })];
const view = (id: string) => [
  result({ "application/vnd.jupyter.widget-view+json": { model_id: id, version_major: 2 } }),
];

describe("two runs of a notebook", () => {
  it("give one comparison for each code cell that printed", async () => {
    const before = notebookOf(
      cell([stream("1\n")]),
      { cell_type: "markdown", source: "x" },
      cell([]),
      cell([stream("2\n")]),
    );
    const after = notebookOf(
      cell([stream("1"), stream("\n")], { execution_count: 9, id: "x", metadata: { execution: { t: 1 } } }),
      { cell_type: "markdown", source: "x" },
      cell([]),
      cell([stream("3\n")]),
    );
    expect(await compareRuns(before, after)).toMatchObject([
      { output: "notebook a.ipynb cell 1", verdict: "identical", comparator: "notebook" },
      {
        output: "notebook a.ipynb cell 3",
        verdict: "different",
        differences: [{ where: "line 1", before: "2", after: "3" }],
      },
    ]);
  });

  it("leave stderr out, and say so", async () => {
    const comparison = await cellVerdict([stream("1"), stream("warned", "stderr")], [stream("1")]);
    expect(comparison).toMatchObject({ verdict: "normalised", rules: ["notebook-stderr"] });
  });

  it("compare errors by class and message, not by traceback", async () => {
    expect((await cellVerdict([failure("'a'", "/tmp/x")], [failure("'a'", "/tmp/y")]))?.verdict).toBe(
      "identical",
    );
    expect((await cellVerdict([failure("'a'", "")], [failure("'b'", "")]))?.verdict).toBe("different");
    expect((await cellVerdict([stream("1")], [stream("1"), failure("'b'", "")]))?.differences).toEqual([
      { where: "output 2, output", before: "(none)", after: "KeyError: 'b'" },
    ]);
  });

  it("compare images by pixels and say how far they are apart", async () => {
    expect(await cellVerdict(display(image(9, 9)), display(image(9, 0)))).toMatchObject({
      verdict: "normalised",
      rules: ["png-pixels"],
    });
    expect((await cellVerdict(display(image(9, 9)), display(image(8, 9))))?.measure).toContain(
      "100 % of pixels",
    );
  });

  it("compare tables by their cells: markup and padding of pandas' versions aside", async () => {
    expect(await cellVerdict(table(style, "1", " "), table("", "1", "  "))).toMatchObject({
      verdict: "normalised",
      rules: ["dataframe-markup", "column-alignment"],
    });
    expect((await cellVerdict(table(style, "1", " "), table("", "2", " ")))?.verdict).toBe("different");
    expect((await cellVerdict(table(style, "", " "), table(style, " ", " ")))?.verdict).toBe("different");
    const coloured = style.replace("vertical-align: top", "color: red");
    expect((await cellVerdict(table(style, "1", " "), table(coloured, "1", " ")))?.verdict).toBe("different");
  });

  it("take random names of elements for what they are", async () => {
    expect(await cellVerdict(svg("a48c6da268"), svg("b48c6da268"))).toMatchObject({
      verdict: "normalised",
      rules: ["random-element-ids"],
    });
  });

  it("take a widget's random id for what it is", async () => {
    expect(await cellVerdict(view("a"), view("b"))).toMatchObject({
      verdict: "normalised",
      rules: ["widget-id"],
    });
  });

  it("fall back to bytes where one is no notebook", async () => {
    const [comparison] = await compareRuns(notebookOf(), encode([1]));
    expect(comparison).toMatchObject({
      output: "notebook a.ipynb",
      verdict: "different",
      comparator: "bytes",
    });
  });
});

describe("a stored notebook against a run", () => {
  it("counts printed numbers within 1e-6 apart", async () => {
    const [comparison] = await compareStored(
      notebookOf(cell([stream("3.49170664206\n")])),
      notebookOf(cell([stream("3.49170664206445\n")])),
    );
    expect(comparison).toMatchObject({ verdict: "tolerance", rules: ["printed-numbers: relative 1e-6"] });
  });

  it("has nothing to compare in cells that were never run, or where all outputs were stripped", async () => {
    const stored = notebookOf(cell([stream("1")]), cell([], { execution_count: null }));
    expect(await compareStored(stored, notebookOf(cell([stream("1")]), cell([stream("2")])))).toHaveLength(1);
    expect(
      await compareStored(notebookOf(cell([]), cell([])), notebookOf(cell([stream("1")]), cell([]))),
    ).toEqual([]);
  });

  it("has a difference where a cell that was run printed nothing and now does", async () => {
    const stored = notebookOf(cell([stream("1")]), cell([]));
    const comparisons = await compareStored(stored, notebookOf(cell([stream("1")]), cell([stream("2")])));
    expect(comparisons.map(({ verdict }) => verdict)).toEqual(["identical", "different"]);
  });

  it("reads nbformat 3", async () => {
    const old = encode({
      nbformat: 3,
      worksheets: [
        {
          cells: [
            {
              cell_type: "code",
              input: "f()",
              prompt_number: 3,
              outputs: [{ output_type: "pyout", text: ["[ 1.  2.]"] }],
            },
          ],
        },
      ],
    });
    const [comparison] = await compareStored(old, notebookOf(cell([result({ "text/plain": "[1. 2.]" })])));
    expect(comparison).toMatchObject({ verdict: "normalised", rules: ["array-spacing"] });
  });
});

describe("a notebook as a file", () => {
  it("leaves out counts and times, and keeps sources and metadata", async () => {
    const before = notebookOf(cell([stream("1")]));
    const later = notebookOf(
      cell([stream("1")], { execution_count: 4, metadata: { papermill: { duration: 3 } } }),
    );
    expect(await compareContent("a.ipynb", before, later, null)).toMatchObject({
      verdict: "normalised",
      rules: ["notebook-bookkeeping"],
    });
    for (const more of [{ source: "g()" }, { metadata: { tags: ["x"] } }]) {
      const other = await compareContent("a.ipynb", before, notebookOf(cell([stream("1")], more)), null);
      expect(other.verdict).toBe("different");
    }
  });
});

describe("a stored notebook with its pictures apart", () => {
  const parts = async (stored: readonly unknown[], fresh: readonly unknown[]) => {
    const { cells, images, files } = await compareCommittedParts(
      "a.ipynb",
      fileOf(notebookOf(cell(stored))),
      fileOf(notebookOf(cell(fresh))),
      { command: "a", rules: [] },
    );
    expect(files).toEqual([]);
    return [cells.map(({ verdict }) => verdict), images.map(({ verdict }) => verdict)];
  };
  const picture = (value: number, text: string) =>
    result({ "image/png": image(value, 9), "text/plain": text });
  const [old, recent] = ["<matplotlib.figure.Figure at 0x7f0000000001>", "<Figure size 640x480 with 1 Axes>"];

  it("is told by what was printed, and by its pictures", async () => {
    expect(await parts([stream("1\n"), picture(1, old)], [stream("1\n"), picture(2, recent)])).toEqual([
      ["identical"],
      ["different"],
    ]);
    expect(await parts([stream("1\n"), picture(1, old)], [stream("2\n"), picture(1, recent)])).toEqual([
      ["different"],
      ["identical"],
    ]);
  });

  it("holds no printed cell where a figure is all there is", async () => {
    expect(await parts([picture(1, old)], [picture(1, recent)])).toEqual([[], ["identical"]]);
  });

  it("keeps the text of what is no figure, and of a figure that has no picture", async () => {
    expect(await parts([picture(1, "x + 1")], [picture(1, "x + 2")])).toEqual([["different"], ["identical"]]);
    const bare = [result({ "text/plain": recent })];
    expect(await parts(bare, [result({ "text/plain": "<Figure size 640x480 with 2 Axes>" })])).toEqual([
      ["different"],
      [],
    ]);
  });

  it("misses a picture that the run no longer gives", async () => {
    expect(await parts([stream("1\n"), picture(1, old)], [stream("1\n")])).toEqual([
      ["identical"],
      ["different"],
    ]);
  });

  it("is a file where it is no notebook", async () => {
    const { cells, files } = await compareCommittedParts("a.csv", fileOf(encode([1])), fileOf(encode([1])), {
      command: "a",
      rules: [],
    });
    expect([cells.length, files.map(({ verdict }) => verdict)]).toEqual([0, ["identical"]]);
  });
});

describe("one output as two versions of a library write it", () => {
  const verdict = async (data: Record<string, unknown>, other: Record<string, unknown>) =>
    (await compareStored(notebookOf(cell([result(data)])), notebookOf(cell([result(other)]))))[0];
  const wide = (cells: string) => `<table class="dataframe"><tr>${cells}</tr></table>`;
  const both = (value: string, plain: string) => ({
    "text/html": wide(`<td>${value}</td>`),
    "text/plain": plain,
  });

  it("is the same table where its plain form is wrapped elsewhere", async () => {
    const long = "   a  \\\n0  1   \n\n   b  \n0  25";
    expect(await verdict(both("25", long), both("25", "   a   b\n0  1  25"))).toMatchObject({
      verdict: "normalised",
      rules: expect.arrayContaining(["table-layout"]),
    });
    expect(await verdict(both("25", long), both("25", "   a   b\n0  1  26"))).toMatchObject({
      verdict: "different",
    });
    expect(await verdict(both("25", long), both("26", "   a   b\n0  1  25"))).toMatchObject({
      verdict: "different",
    });
    // Without a table of HTML nothing vouches for the places.
    expect(await verdict({ "text/plain": long }, { "text/plain": "   a   b\n0  1  25" })).toMatchObject({
      verdict: "different",
    });
  });

  it("is the same formula in another wrapper", async () => {
    const [old, recent] = [{ "text/latex": "$$x^{2}$$" }, { "text/latex": "$\\displaystyle x^{2}$" }];
    expect(await verdict(old, recent)).toMatchObject({ verdict: "normalised", rules: ["latex-wrapper"] });
    expect(await verdict(old, { "text/latex": "$\\displaystyle x^{3}$" })).toMatchObject({
      verdict: "different",
    });
  });

  it("is the same embedded page", async () => {
    const page = (more: string, id = "7") => ({
      "text/html": `<iframe\n  width="400"\n  src="https://example.org/${id}"\n  frameborder="0"\n${more}  allowfullscreen\n></iframe>`,
    });
    const policy = '  referrerpolicy="strict-origin-when-cross-origin"\n  \n';
    expect(await verdict(page(""), page(policy))).toMatchObject({
      verdict: "normalised",
      rules: ["iframe-markup"],
    });
    expect(await verdict(page(""), page(policy, "8"))).toMatchObject({ verdict: "different" });
  });

  it("is no such thing in two runs of one environment", async () => {
    const [old, recent] = [{ "text/latex": "$$x$$" }, { "text/latex": "$\\displaystyle x$" }];
    expect(await cellVerdict([result(old)], [result(recent)])).toMatchObject({ verdict: "different" });
  });

  it("keeps apart pages that differ in quotes, and formulas that only look wrapped", async () => {
    const page = (text: string) => ({ "text/html": `<iframe srcdoc="${text}"></iframe>` });
    expect(await verdict(page("a   b c"), page("a b c"))).toMatchObject({ verdict: "different" });
    expect(
      await verdict({ "text/latex": "$$x$$ or $$y$$" }, { "text/latex": "$\\displaystyle x$$ or $$y$" }),
    ).toMatchObject({ verdict: "different" });
  });

  it("takes no table but a data frame's own for proof of its plain form", async () => {
    const layout = (plain: string) => ({ "text/html": "<table></table>", "text/plain": plain });
    expect(await verdict(layout("a b\n1 2"), layout("b a\n2 1"))).toMatchObject({ verdict: "different" });
  });
});
