import { expect, it } from "vitest";
import { filledUp } from "./variables.ts";

it("fills up the variables that a program sees to a number, and takes none away", () => {
  const variables = { A: "1", B: "2", NATIVE: "3" };
  const seen = Object.keys(filledUp(variables, 5, ["NATIVE"])).filter((name) => name !== "NATIVE");
  expect(seen).toHaveLength(5);
  expect(filledUp(variables, 5, ["NATIVE"])).toMatchObject(variables);
  expect(filledUp(variables, 1, [])).toEqual(variables);
});
