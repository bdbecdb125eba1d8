import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallFact } from "../source/index.ts";
import { hiddenNeeds } from "./hidden-needs.ts";

const call = (more: Partial<CallFact>): CallFact => ({
  name: "",
  hasArguments: true,
  keywords: [],
  line: 1,
  ...more,
});

describe.each(hiddenNeeds.map((need) => [String(need.call), need] as const))("%s", (_, need) => {
  test("says why in words, and matches whole names only", () => {
    expect(need.why).toMatch(/^\w.* \w/u);
    for (const part of need.call.source.split("|^")) expect(part.endsWith("$"), part).toBe(true);
    expect(need.call.source.startsWith("^")).toBe(true);
  });

  test("a method of any object counts only beside the library that it belongs to", () => {
    if (/(?:^|\|)\^\\\./u.test(need.call.source)) expect(need.beside).toBeDefined();
  });

  test("names distributions, whatever a call is given", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.dictionary(
          fc.constantFrom("engine", "kind", "backend"),
          fc.constantFrom("kde", "qt5agg", "zarr", "odf"),
        ),
        (literal, second, options) => {
          const names = need.needs(
            call({ name: "pandas.read_excel", literal, second, options, keywords: Object.keys(options) }),
          );
          for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/u);
        },
      ),
      { numRuns: 50 },
    );
  });
});
