import { expect, test } from "vitest";
import { listInterpreters } from "../../environments/index.ts";
import { pythonChoices } from "./python-choices.ts";
import { byDistance, currentSeries, seriesOf } from "./releases.ts";

test.each([
  ["2014-01-01", "3.6"],
  ["2018-07-11", "3.6"],
  ["2019-03-27", "3.7"],
  ["2020-07-13", "3.7"],
  ["2020-07-14", "3.8"],
  ["2022-04-26", "3.9"],
  ["2026-11-01", "3.14"],
])("people worked on %s with Python %s", (date, series) => {
  expect(currentSeries(date)).toBe(series);
});

test("of two equally near ones the older comes first", () => {
  expect(byDistance("3.8").slice(0, 4)).toEqual(["3.8", "3.7", "3.9", "3.6"]);
});

test("the declared one comes first, then the noted, then that of the day, each once and installed", async () => {
  const installed = new Set((await listInterpreters()).map(({ version }) => version));
  const serieses = [...new Set([...installed].map(seriesOf))].filter((one) =>
    /^3\.(?:[6-9]|1[0-4])$/u.test(one),
  );
  const [one = "3.11", other = one] = serieses;
  const choices = await pythonChoices(
    { asked: `==${one}.*`, noted: [other, "2.7"], date: "2020-01-01" },
    () => {},
  );
  const found = choices.map(({ interpreter }) => seriesOf(interpreter.version));
  expect(found.slice(0, 2)).toEqual([...new Set([one, other])]);
  expect(new Set(found).size).toBe(found.length);
  expect(choices.every(({ interpreter }) => installed.has(interpreter.version))).toBe(true);
  expect(choices[0]).toMatchObject({ declared: true, reason: `declared (==${one}.*)` });
});

test("where nothing is known the default Python comes first", async () => {
  const [first] = await pythonChoices({ asked: null, noted: [], date: null }, () => {});
  expect(first?.reason).toBe("the default Python here");
});
