import { describe, expect, test } from "vitest";
import { parseRequirement } from "../../src/manifests/index.ts";
import { requirementTexts } from "./inputs.ts";
import { ask, disagreements, referencePython } from "./reference.ts";

const reference = await referencePython();
const python = "python" in reference ? reference.python : "";
if ("missing" in reference) console.warn(`not compared with packaging: ${reference.missing}`);

const place = { location: { file: "", line: null } };
const said = (what: string, count: number): void =>
  console.log(`${what}: ${String(count)} compared with packaging`);

describe.skipIf("missing" in reference)(
  "packaging, the reference for PEP 440 and 508 (needs a package index once)",
  () => {
    test("requirements: name, extras, specifier, marker, URL, and what is none", () => {
      const inputs = requirementTexts();
      const read = inputs.map((text) => parseRequirement(text, place));
      const ours = ask<unknown[]>(python, "written", read);
      const theirs = ask<unknown[]>(python, "requirements", inputs);
      said("requirements", inputs.length);
      expect(inputs.length).toBeGreaterThan(600);
      expect(theirs.filter((answer) => answer === null).length).toBeGreaterThan(50);
      expect(disagreements(inputs, ours, theirs, () => null)).toEqual([]);
    });
  },
);
