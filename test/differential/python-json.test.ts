/** The JSON that lock tools take hashes of, beside Python's own. */
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pythonJson } from "../../src/manifests/locked/python-json.ts";

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary" }), tie("value"), { maxKeys: 5 }),
  ),
})).value;

const program = `
import json, sys
for line in json.load(sys.stdin):
    print(json.dumps(json.loads(line), sort_keys=True))
    print(json.dumps(json.loads(line), sort_keys=True, separators=(",", ":")))
`;

test("500 values are written as Python's json.dumps with sort_keys writes them", () => {
  const values = fc.sample(value, { numRuns: 500, seed: 7 });
  const input = JSON.stringify(values.map((each) => pythonJson(each)));
  const theirs = execFileSync("python3", ["-c", program], { input, encoding: "utf8" }).trimEnd().split("\n");
  expect(values.flatMap((each) => [pythonJson(each), pythonJson(each, true)])).toEqual(theirs);
});
