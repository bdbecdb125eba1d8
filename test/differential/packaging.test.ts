import { compare, explain } from "@renovatebot/pep440";
import { describe, expect, test } from "vitest";
import { satisfiesSpecifier } from "../../src/environments/index.ts";
import { parseRequirement } from "../../src/manifests/index.ts";
import { requirementTexts } from "./requirement-inputs.ts";
import { versionPairs, versionsAndSpecifiers, versionTexts } from "./version-inputs.ts";
import { ask, disagreements, referencePython, tellCount } from "./reference.ts";

const reference = await referencePython();
const python = "python" in reference ? reference.python : "";

const place = { location: { file: "", line: null } };
/** packaging takes "===" with nothing behind it for a specifier; pip then finds no version for it. */
const emptyArbitrary = (text: string): string | null =>
  /===\s*(?:$|[;,)])/u.test(text) ? "no version" : null;

/** packaging takes blanks around a version; ours come from places that have none. */
const trailingBlank = (text: string): string | null => (text.endsWith(" ") ? "a blank" : null);

describe.skipIf("missing" in reference)(
  "packaging, the reference for PEP 440 and 508 (needs a package index once)",
  () => {
    test("requirements: name, extras, specifier, marker, URL, and what is none", () => {
      const inputs = requirementTexts();
      const read = inputs.map((text) => parseRequirement(text, place));
      const ours = ask<unknown[]>(python, "written", read);
      const theirs = ask<unknown[]>(python, "requirements", inputs);
      tellCount("packaging", "requirements", inputs.length);
      expect(inputs.length).toBeGreaterThan(600);
      expect(theirs.filter((answer) => answer === null).length).toBeGreaterThan(50);
      expect(disagreements(inputs, ours, theirs, emptyArbitrary)).toEqual([]);
    });

    test("versions: which are, how they are normalised, and how two are ordered", () => {
      const texts = versionTexts();
      const ours = texts.map((text) => explain(text)?.public ?? null);
      const theirs = ask<(string | null)[]>(python, "normalised", texts);
      tellCount("packaging", "versions", texts.length);
      expect(
        disagreements(
          texts,
          ours,
          theirs.map((text) => text?.replace(/\+.*$/u, "") ?? null),
          trailingBlank,
        ),
      ).toEqual([]);
      const pairs = versionPairs();
      const order = pairs.map(([one, other]) => Math.sign(compare(one, other)));
      tellCount("packaging", "pairs of versions", pairs.length);
      expect(disagreements(pairs, order, ask<number[]>(python, "order", pairs), () => null)).toEqual([]);
    });

    test("specifiers: which versions satisfy them", () => {
      const pairs = versionsAndSpecifiers();
      const ours = pairs.map(([version, specifier]) => satisfiesSpecifier(version, specifier));
      tellCount("packaging", "versions with specifiers", pairs.length);
      expect(disagreements(pairs, ours, ask<boolean[]>(python, "satisfied", pairs), () => null)).toEqual([]);
    });
  },
);
