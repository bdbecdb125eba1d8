import { describe, expect, test } from "vitest";
import { readManifests } from "../../src/manifests/index.ts";
import type { Manifest, Requirement } from "../../src/model/index.ts";
import { requirementFiles } from "./file-inputs.ts";
import { ask, referencePython, tellCount } from "./reference.ts";

const reference = await referencePython();
const python = "python" in reference ? reference.python : "";

type Files = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly marker: string | null;
  readonly url: string | null;
  readonly editable: boolean;
  readonly constraint: boolean;
  readonly hashes: readonly string[];
}

function read(files: Files): Manifest {
  const [manifest] = readManifests(["requirements.txt"], (path) => files[path] ?? null);
  if (manifest === undefined) throw new Error("not read");
  return manifest;
}

const entry = (requirement: Requirement, constraint: boolean): Entry => ({
  name: requirement.name,
  extras: requirement.extras.toSorted(),
  specifier: requirement.url === null ? requirement.specifier : "",
  marker: requirement.marker,
  url: requirement.url,
  editable: requirement.editable,
  constraint,
  hashes: requirement.hashes.toSorted(),
});

/** What we read, or "refused" where a finding says that pip refuses the file. */
function ours(files: Files): readonly Entry[] | "refused" {
  const { requirements, constraints, findings } = read(files);
  if (findings.some(({ severity, why }) => severity === "error" && why === "pip refuses the whole file"))
    return "refused";
  return [...requirements.map((one) => entry(one, false)), ...constraints.map((one) => entry(one, true))];
}

/** Each entry once: pip reads a file again each time that it is included. */
const unique = (entries: readonly Entry[]): string =>
  [...new Set(entries.map((one) => JSON.stringify(one)))].join("\n");

/** Why pip's answer may differ from ours. */
function knownDifference(theirs: readonly Entry[] | string): string | null {
  if (typeof theirs !== "string") {
    const isEscaped = theirs.some(({ url }) => url !== null && /\s|%/u.test(url));
    return isEscaped ? "a blank or a colon in a path, which pip escapes" : null;
  }
  if (/InvalidEggFragment/u.test(theirs))
    return "#egg=name[extra]: refused by today's pip alone; the name is clear";
  if (/option --use-feature: invalid choice/u.test(theirs))
    return "the features of one version of pip are not known";
  if (/It looks like a path/u.test(theirs)) return "whether a folder is there is not asked";
  if (/^[./]\S* is not a valid editable/u.test(theirs)) return "whether a folder is there is not asked";
  return null;
}

describe.skipIf("missing" in reference)(
  "pip's own reader of requirement files (needs a package index once)",
  () => {
    test("requirements, constraints, URLs, hashes, and what is refused", () => {
      const files = requirementFiles();
      const theirs = ask<(readonly Entry[] | string)[]>(python, "pip", files);
      const read = ask<(readonly Entry[])[]>(
        python,
        "same",
        files.map((one) => {
          const found = ours(one);
          return found === "refused" ? [] : found;
        }),
      );
      let known = 0;
      const differing = files.flatMap((one, index) => {
        const expected = theirs[index] ?? "";
        const said = typeof expected === "string" ? "refused" : unique(expected);
        const mine = ours(one) === "refused" ? "refused" : unique(read[index] ?? []);
        if (said === mine) return [];
        if (knownDifference(expected) === null)
          return [{ text: one["requirements.txt"], mine, said: expected }];
        known += 1;
        return [];
      });
      expect(differing).toEqual([]);
      expect(known).toBeLessThan(files.length / 20);
      tellCount("pip", `requirement files (${String(known)} of them known to differ)`, files.length);
    });
  },
);
