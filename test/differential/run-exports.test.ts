import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { accountOf } from "../../src/records/exchange/account.ts";
import { runFormats } from "../../src/records/exchange/run-formats.ts";
import { sampleRun } from "../../src/records/exchange/sample-run.ts";
import { temporaryDirectory } from "../../src/system/index.ts";
import { ask, referencePython } from "./reference.ts";

const reference = await referencePython([
  "prov==3.2.3",
  "rocrate==0.16.0",
  "roc-validator==0.13.0",
  "cyclonedx-python-lib[json-validation]==11.12.0",
  "in-toto-attestation==0.9.3",
]);
const python = "python" in reference ? reference.python : "";
const work = temporaryDirectory("run-exports-test");
afterAll(() => work[Symbol.dispose]());

const { run, trace } = sampleRun;
/** No record names a person; and one of the packages has no version that is known. */
const known = /\b(?:agent|author|publisher)\b|SHOULD have a version/u;

/** A run that failed, with names that make trouble, and one that did next to nothing. */
const accounts = [
  accountOf(sampleRun),
  accountOf({
    ...sampleRun,
    run: { ...run, exitCode: 0, outputs: run.outputs.slice(0, 1), stderr: null, errorTail: "" },
    trace: { ...trace, files: [], modules: [], processes: [], git: null },
  }),
];
const texts = (id: string): string[] =>
  runFormats.filter((format) => format.id === id).flatMap(({ write }) => accounts.map(write));
const asked = <Answer>(id: string, about: readonly string[]): Answer[] =>
  ask<Answer[]>(python, id, about, "run-exports.py");

describe.skipIf("missing" in reference)(
  "the readers of what runs are exported in (needs a package index once)",
  () => {
    test("RO-Crate: the profile's validator asks for no more than what no record knows", () => {
      const places = texts("ro-crate").map((text, at) => {
        const place = path.join(work.path, `crate${at}`);
        const { "@graph": graph } = JSON.parse(text) as { "@graph": Record<string, unknown>[] };
        for (const { "@id": id, "@type": type } of graph) {
          if (type !== "File") continue;
          const file = path.join(place, decodeURIComponent(String(id)));
          fs.mkdirSync(path.dirname(file), { recursive: true });
          fs.writeFileSync(file, "x");
        }
        fs.mkdirSync(place, { recursive: true });
        fs.writeFileSync(path.join(place, "ro-crate-metadata.json"), text);
        return place;
      });
      interface Answer {
        readonly issues: readonly (readonly [severity: string, message: string])[];
        readonly results: readonly (readonly string[])[];
      }
      const answers = asked<Answer>("ro-crate", places);
      for (const { issues } of answers) {
        const others = issues.filter(([, message]) => !known.test(message));
        expect(others).toEqual([]);
      }
      expect(answers.map(({ results }) => results)).toEqual([
        [
          [
            "#outside//data/log.txt",
            "latest",
            "results/a%3Ab.txt",
            "#absent/results/caf%E9.csv",
            "state.json",
          ],
        ],
        [["state.json"]],
      ]);
    });

    test("PROV-JSON: read back whole, and the same when it is written again", () => {
      const answers = asked<{ kinds: Record<string, number>; same: boolean; notation: boolean }>(
        "prov",
        texts("prov"),
      );
      expect(answers.map(({ same, notation }) => [same, notation])).toEqual([
        [true, true],
        [true, true],
      ]);
      expect(answers[0]?.kinds).toMatchObject({ Activity: 3, Agent: 2, Start: 2, Invalidation: 1 });
      expect(answers[1]?.kinds).toMatchObject({ Activity: 1, Generation: 1, Association: 1 });
    });

    test("in-toto: a valid statement with SLSA provenance", () => {
      const answers = asked<{ subjects: string[]; dependencies: string[]; started: string }>(
        "in-toto",
        texts("in-toto"),
      );
      expect(answers.map(({ subjects }) => subjects.length)).toEqual([4, 1]);
      expect(answers[0]?.dependencies).toContain("data/été 1.csv");
      expect(answers[0]?.started).toBe("2026-02-03T04:05:06.007Z");
    });

    test("CycloneDX: valid in the strict schema of 1.6, and read as the same components", () => {
      const answers = asked<{ fault: string | null; components: string[] }>("cyclonedx", texts("cyclonedx"));
      expect(answers).toEqual([
        {
          fault: null,
          components: [
            "pkg:generic/python@3.12.1",
            "pkg:pypi/numpy@2.1.3",
            "pkg:pypi/odd",
            "pkg:pypi/setuptools@75.1",
          ],
        },
        { fault: null, components: ["pkg:generic/python@3.12.1"] },
      ]);
    });
  },
);
