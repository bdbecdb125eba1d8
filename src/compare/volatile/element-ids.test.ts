import { expect, test } from "vitest";
import { elementIds } from "./element-ids.ts";

function styled(id: string, colour = "red"): string {
  return `<style>#T_${id}_row0_col1 { color: ${colour}; }</style><table id="T_${id}"><td id="T_${id}_row0_col1" class="data">1</td></table>`;
}

function drawn(path: string, clip: string, order: readonly string[] = [path, clip]): string {
  return `<path id="m${path}"/><clipPath id="p${clip}"/>${order.map((id) => `<use xlink:href="#m${id}" clip-path="url(#p${id})"/>`).join("")}`;
}

const same = (one: string, other: string): boolean => elementIds.apply(one, other) === elementIds.apply(other, one);

test("a Styler's table is the same under another random name", () => {
  expect(same(styled("5fae8"), styled("c645f"))).toBe(true);
});

test("what it shows still counts", () => {
  expect(same(styled("5fae8"), styled("c645f", "blue"))).toBe(false);
  expect(same(styled("5fae8"), styled("c645f").replace(">1<", ">2<"))).toBe(false);
});

test("an SVG is the same only where its links lead to the same places", () => {
  expect(same(drawn("aaaaaaaaaa", "bbbbbbbbbb"), drawn("cccccccccc", "dddddddddd"))).toBe(true);
  const [one, other] = ["aaaaaaaaaa", "bbbbbbbbbb"];
  expect(same(drawn(one, other, [one, other]), drawn(one, other, [other, one]))).toBe(false);
});

test("a digest that is a result is no element's name", () => {
  expect(same('<td>"a1b2c3d4e5f"</td>', '<td>"a1b2c3d4e60"</td>')).toBe(false);
  expect(same("<p>T_12345 </p>", "<p>T_54321 </p>")).toBe(false);
});
