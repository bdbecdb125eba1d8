import { expect, test } from "vitest";
import { explainInstallFailure, relevantLines } from "./install-failure.ts";

const cases: readonly (readonly [rule: string, named: string, stderr: string])[] = [
  [
    "pin-does-not-exist",
    "six==99.0",
    "error: No solution found when resolving dependencies\n  cause: Because there is no version of six==99.0 and you require six==99.0, we can conclude that your requirements are unsatisfiable.",
  ],
  [
    "package-does-not-exist",
    "nonesuch",
    "error: No solution found when resolving dependencies\n  cause: Because nonesuch was not found in the package registry and you require nonesuch, we can conclude that your requirements are unsatisfiable.",
  ],
  [
    "no-wheel-for-python",
    "pandas==2.2.3",
    "error: No solution found when resolving dependencies\n  cause: Because the current Python version (3.8.18) does not satisfy Python>=3.9 and pandas==2.2.3 depends on Python>=3.9, we can conclude that pandas==2.2.3 cannot be used.",
  ],
  [
    "no-wheel-for-python",
    "pycrypto==2.6.1",
    "error: Failed to build `pycrypto==2.6.1`\n  cause: The build backend returned an error",
  ],
  [
    "build-failed",
    "lp",
    "error: Failed to build `lp @ file:///x/lp`\n  cause: The build backend returned an error",
  ],
  [
    "resolution-impossible",
    "numpy<1.20",
    "error: No solution found when resolving dependencies\n  cause: Because pandas==2.2.3 depends on numpy>=1.23.2 and you require pandas==2.2.3, we can conclude that you require numpy>=1.23.2.\n         And because you require numpy<1.20, we can conclude that your requirements are unsatisfiable.",
  ],
  [
    "network",
    "index",
    "error: Request failed after 3 retries in 8.4s\n  cause: Failed to fetch: https://pypi.org/simple/pandas/\n  cause: error sending request for url (https://pypi.org/simple/pandas/)\n  cause: dns error",
  ],
  [
    "hash-mismatch",
    "idna==3.20",
    "error: Failed to download `idna==3.20`\n  cause: Hash mismatch for `idna==3.20`\n\n         Expected:",
  ],
];

test.each(cases)("%s names %s", (rule, named, stderr) => {
  const finding = explainInstallFailure(stderr);
  expect(finding?.rule).toBe(rule);
  expect(finding?.message).toContain(named);
});

test("what is not known is not explained, and a long log keeps its head and its end", () => {
  expect(explainInstallFailure("error: something new")).toBeNull();
  const log = `Resolved 1 package\nerror: Failed\n${Array.from({ length: 500 }, (_, at) => `line ${at}`).join("\n")}`;
  const short = relevantLines(log);
  expect(short.startsWith("Failed\nline 0")).toBe(true);
  expect(short.endsWith("line 499")).toBe(true);
  expect(short.split("\n").length).toBeLessThanOrEqual(30);
});

test("the finding stands where the package is named", () => {
  const named = ["numpy", "six"].map((name, at) => ({
    name,
    location: { file: "requirements.txt", line: at + 1 },
  }));
  const place = (stderr: string): readonly unknown[] => {
    const finding = explainInstallFailure(stderr, named);
    return [finding?.rule, finding?.file, finding?.line];
  };
  const failed = "error: No solution found when resolving dependencies\n  cause: Because ";
  expect(place(`${failed}there is no version of six[x]==99 and you require it`)).toEqual([
    "pin-does-not-exist",
    "requirements.txt",
    2,
  ]);
  expect(place("error: Hash mismatch for `Six==1.16.0`")).toEqual(["hash-mismatch", "requirements.txt", 2]);
  expect(place(`${failed}pandas==2 depends on numpy>=1.23 and you require numpy<1.20`)).toEqual([
    "resolution-impossible",
    "requirements.txt",
    1,
  ]);
  expect(place("error: Hash mismatch for `idna==3`")).toEqual(["hash-mismatch", null, null]);
});
