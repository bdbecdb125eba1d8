import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderSchemas } from "../scripts/schemas.ts";

test.each([...renderSchemas()])("%s is what `npm run schemas` writes", (file, text) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(text);
});
