import { expect, test } from "vitest";
import { elementIds } from "./element-ids.ts";

function styled(id: string, colour = "red"): string {
  return `<style>#T_${id}_row0_col1 { color: ${colour}; }</style><table id="T_${id}"><td id="T_${id}_row0_col1" class="data">1</td></table>`;
}

/** Two paths, and uses of them in an order. */
function drawn(paths: readonly [string, string], uses: readonly (0 | 1)[]): string {
  const definitions = paths.map((id, n) => `<path id="m${id}" d="M ${n}"/>`);
  return [...definitions, ...uses.map((n) => `<use xlink:href="#m${paths[n]}"/>`)].join("\n");
}

const same = (one: string, other: string): boolean =>
  elementIds.apply(one, other) === elementIds.apply(other, one);

test("a Styler's table is the same under another random name", () => {
  expect(same(styled("5fae8"), styled("c645f"))).toBe(true);
});

test("what it shows still counts", () => {
  expect(same(styled("5fae8"), styled("c645f", "blue"))).toBe(false);
  expect(same(styled("5fae8"), styled("c645f").replace(">1<", ">2<"))).toBe(false);
});

test("an SVG is the same only where its links lead to the same places", () => {
  const [one, other] = [["aaaaaaaaaa", "bbbbbbbbbb"] as const, ["cccccccccc", "dddddddddd"] as const];
  expect(same(drawn(one, [0, 1]), drawn(other, [0, 1]))).toBe(true);
  expect(same(drawn(one, [0, 1]), drawn(other, [1, 0]))).toBe(false);
});

test("a digest that is a result is no element's name", () => {
  expect(same('<td>"a1b2c3d4e5f"</td>', '<td>"a1b2c3d4e60"</td>')).toBe(false);
  expect(same("<p>T_12345 </p>", "<p>T_54321 </p>")).toBe(false);
});

test("a plot's element that is named by a UUID is the same under another", () => {
  const plot = (id: string, data: string): string =>
    `<div id="${id}" class="plot"></div><script>newPlot("${id}", [${data}]); find('${id}')</script>`;
  const [one, other] = ["0b0e7a3c-9a55-4d5f-8f0e-5f7d3a2b1c00", "7c9e6679-7425-40de-944b-e07fc1f90ae7"];
  expect(same(plot(one, "1"), plot(other, "1"))).toBe(true);
  expect(same(plot(one, "1"), plot(other, "2"))).toBe(false);
  expect(same(`<td>"${one}"</td>`, `<td>"${other}"</td>`)).toBe(false);
});

test("a UUID that names a record counts; one that names the place of a plot does not", () => {
  const [one, other] = ["123e4567-e89b-42d3-a456-426614174000", "223e4567-e89b-42d3-a456-426614174000"];
  const row = (id: string) => `<tr id="${id}"><td>"${id}"</td></tr>`;
  expect(same(row(one), row(other))).toBe(false);
  const plot = (id: string) => `<div class="plot" id="${id}"></div><script>draw("${id}")</script>`;
  expect(same(plot(one), plot(other))).toBe(true);
});
