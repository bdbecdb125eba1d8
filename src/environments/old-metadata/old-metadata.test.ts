import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { repairRequirement } from "./repair-requirement.ts";
import { refusedReleases, withMends } from "./with-mends.ts";

describe("a requirement of the years before PEP 440", () => {
  test.each([
    ["pytz (>=2011k)", "pytz>=2011"],
    ["numpy (>=1.9.*)", "numpy>=1.9"],
    ["python-dateutil", "python-dateutil"],
    ["six (!=1.4.x,>=1.3)", "six>=1.3"],
    ["foo (==2.0-final)", "foo>=2.0"],
    ["bar[extra] (~=1.2) ; python_version < '3'", "bar[extra]~=1.2 ; python_version < '3'"],
    ["enum34; python_version < '3.4'", "enum34 ; python_version < '3.4'"],
    ["a>=1<2", "a>=1,<2"],
    ["pinned ==1.*", "pinned==1.*"],
    ["(nothing)", null],
  ])("%s is %s", (text, repaired) => {
    expect(repairRequirement(text)).toBe(repaired);
  });

  test("arbitrary text never throws, and what comes out stays as it is", () => {
    assert(
      property(string(), (text) => {
        const once = repairRequirement(text);
        if (once !== null && !once.includes(";")) expect(repairRequirement(once)).toBe(once);
        refusedReleases(text);
      }),
    );
  });
});

test("refused releases are found in what uv prints, each once", () => {
  const said =
    "WARN `pandas==0.23.4` has invalid metadata: after parsing `2011`, found `k`\n" +
    "hint: Metadata for `pandas` (v0.23.4) could not be parsed:\n" +
    "hint: Metadata for `Old_Name` (v1.0) could not be parsed:\n";
  expect(refusedReleases(said).map(({ key }) => key)).toEqual(["pandas==0.23.4", "old-name==1.0"]);
});

test("what is not refused is asked once", async () => {
  let runs = 0;
  const answer = await withMends(
    async () => {
      runs += 1;
      return { stdout: "a==1\n", stderr: "Resolved 1 package" };
    },
    () => {},
  );
  expect([runs, answer.stdout]).toEqual([1, "a==1\n"]);
});
