import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareConsoleText } from "../console-text.ts";

const compare = (before: string, after: string) => {
  const forth = compareConsoleText(before, after, { tolerances: [], workPaths: [], acrossVersions: true });
  expect(
    compareConsoleText(after, before, { tolerances: [], workPaths: [], acrossVersions: true }).verdict,
  ).toBe(forth.verdict);
  return forth;
};
const oldAxes = "<matplotlib.axes._subplots.AxesSubplot at 0x7f9b0c0e5c50>";
const inArray = oldAxes.replace(" at", " object at");

describe("one value as two versions of a library write it", () => {
  it.each([
    ["axes-repr", oldAxes, "<Axes: xlabel='Date'>"],
    [
      "axes-repr",
      oldAxes.replace("_subplots.", ""),
      "<AxesSubplot:title={'center':'Snow > rain'}, ylabel='%'>",
    ],
    ["axes-repr", "<AxesSubplot:xlabel='Date'>", "<Axes: xlabel='Date'>"],
    ["axes-repr", "<matplotlib.axes._subplots.Axes3DSubplot at 0x7f9b0c0e5c50>", "<Axes3D: zlabel='u'>"],
    [
      "axes-repr",
      `array([${inArray},\n       ${inArray}],\n      dtype=object)`,
      "array([<Axes: >, <Axes: title={'center': 'Rain'}>], dtype=object)",
    ],
    ["text-artist-repr", "Text(0.5,1,'Prices')", "Text(0.5, 1.0, 'Prices')"],
    ["text-artist-repr", "Text(0,0.5,u'Prices')", "Text(0, 0.5, u'Prices')"],
    ["bars-repr", "<a list of 10 Patch objects>)", "<BarContainer object of 10 artists>)"],
    ["bars-repr", "<Container object of 3 artists>", "<BarContainer object of 3 artists>"],
    ["pandas-index-repr", "Int64Index([1, 2], dtype='int64')", "Index([1, 2], dtype='int64')"],
    [
      "pandas-index-repr",
      "Float64Index([0.5,\n    1.5],\n   dtype='float64', name='x')",
      "Index([0.5,\n    1.5],\n   dtype='float64', name='x')",
    ],
    [
      "array-ellipsis",
      "array([['a', 1],\n       ..., \n       ['b', 2]])",
      "array([['a', 1],\n       ...,\n       ['b', 2]])",
    ],
    ["array-ellipsis", "[0 1 2 ..., 7 8 9]", "[0 1 2 ... 7 8 9]"],
    [
      "series-alignment",
      "NaN        29\n 86.0       3\n-5.0        2\nName: a, dtype: int64",
      "NaN     29\n86.0     3\n-5.0     2\nName: a, dtype: int64",
    ],
  ])("%s: %s", (rule, before, after) => {
    expect(compare(before, after)).toMatchObject({
      verdict: "normalised",
      rules: expect.arrayContaining([rule]),
    });
  });

  it.each([
    ["labels that both sides name", "<AxesSubplot:xlabel='Date'>", "<Axes: xlabel='Time'>"],
    ["a label that only one of two later versions has", "<Axes: >", "<Axes: xlabel='Time'>"],
    ["another kind of axes", oldAxes, "<PolarAxes: >"],
    ["dots of a sentence", "waiting ..., done", "waiting ... done"],
    ["dots within a text", "['a ..., b']", "['a ... b']"],
    ["a label's blanks", "  1 x    1\ndtype: int64", "1 x    1\ndtype: int64"],
    ["the place in a nested index", "1  1    1\n   2    1\ndtype: int64", "1  1    1\n2    1\ndtype: int64"],
    ["how many axes there are", `[${oldAxes}]`, "[<Axes: >, <Axes: >]"],
    ["how many bars there are", "<a list of 10 Patch objects>", "<BarContainer object of 11 artists>"],
    ["where a text stands", "Text(0.5,1,'Prices')", "Text(0.5, 1.5, 'Prices')"],
    ["what a text says", "Text(0.5,1,'Prices')", "Text(0.5, 1.0, 'Price')"],
    ["an index's type", "Int64Index([1, 2], dtype='int64')", "Index([1, 2], dtype='int32')"],
    ["an index's values", "Int64Index([1, 2], dtype='int64')", "Index([1, 3], dtype='int64')"],
    ["what follows a gap", "[0 1 2 ..., 7 8 9]", "[0 1 2 ... 7 8 8]"],
    ["a type of a column", "Name: x, dtype: object", "Name: x, dtype: str"],
    ["a blank in a label", "a  b    1\nc       2\ndtype: int64", "a b    1\nc      2\ndtype: int64"],
    [
      "a value of a column of texts",
      "0    a  1\n1    b  2\ndtype: object",
      "0    a 1\n1    b 2\ndtype: object",
    ],
    ["a sign in a column", "0    -1\n1     2\ndtype: int64", "0     1\n1     2\ndtype: int64"],
    ["an index's frequency", "Freq: M, dtype: float64", "Freq: ME, dtype: float64"],
  ])("%s counts", (_, before, after) => {
    expect(compare(before, after).verdict).toBe("different");
  });
});

/** What each rule is for, with a number in it that is a result; earlier and later style. */
const written: readonly (readonly [(value: string) => string, (value: string) => string])[] = [
  [(value) => `[ ${value}.  2. ]`, (value) => `[${value}. 2.]`],
  [(value) => `[0 ${value} ..., \n 7]`, (value) => `[0 ${value} ...\n 7]`],
  [(value) => `Int64Index([${value}], dtype='int64')`, (value) => `Index([${value}], dtype='int64')`],
  [(value) => `<AxesSubplot:title='${value}'>`, (value) => `<Axes: title='${value}'>`],
  [(value) => `Text(${value},1,'a')`, (value) => `Text(${value}.0, 1.0, 'a')`],
  [(value) => `Text(0,1,'${value}')`, (value) => `Text(0, 1.0, '${value}')`],
  [(value) => `${oldAxes}\nmean ${value}`, (value) => `<Axes: >\nmean ${value}`],
  [(value) => ` 7     ${value}\n-1     2\ndtype: int64`, (value) => `7   ${value}\n-1   2\ndtype: int64`],
  [(value) => ` ${value}    5\n-1    2\ndtype: int64`, (value) => `${value}  5\n-1  2\ndtype: int64`],
  [(value) => `(${value}.0, u'a')`, (value) => `(np.float64(${value}.0), 'a')`],
];

describe("a changed digit", () => {
  it("is a difference in whatever style it is written", () => {
    const number = fc.stringMatching(/^[1-9]\d{0,8}$/u);
    fc.assert(
      fc.property(
        fc.constantFrom(...written),
        number,
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (styles, value, at, by) => {
          const [earlier, later] = styles;
          expect(compare(earlier(value), later(value)).verdict).toBe("normalised");
          const place = at % value.length;
          const digit = (Number(value[place]) + by) % 10;
          const other = `${value.slice(0, place)}${digit}${value.slice(place + 1)}`;
          for (const [one, two] of [
            [earlier, earlier],
            [earlier, later],
            [later, later],
          ] as const) {
            expect(compare(one(value), two(other)).verdict).toBe("different");
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("hostile text", () => {
  it("is read in linear time", () => {
    const started = performance.now();
    for (const piece of [
      "<Axes: xlabel='",
      "<Axes: ",
      "Int64Index([1, ",
      "Text(1,",
      "..., ",
      "array([<Axes: >,   ",
    ]) {
      compare(piece.repeat(20_000), `${piece.repeat(20_000)}x`);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
