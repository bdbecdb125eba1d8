import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { listInterpreters } from "../../src/environments/index.ts";

const tests = path.join(import.meta.dirname, "../../pyhook/tests");

/** The hook supports 3.8 and later: its own tests are run by each such Python that is installed. */
test("the Python hook passes its tests on every Python here", { timeout: 600_000 }, async () => {
  const found = (await listInterpreters()).filter(
    ({ version, implementation }) =>
      implementation.toLowerCase() === "cpython" && Number(version.split(".")[1]) >= 8,
  );
  expect(found.length).toBeGreaterThan(0);
  for (const { executable, version } of found)
    expect({ version, ...(await unittest(executable)) }).toMatchObject({ version, code: 0 });
});

function unittest(python: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(python, ["-B", "-m", "unittest", "-q"], {
      cwd: tests,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (part: Buffer) => (said += part.toString()));
    child.on("close", (code) => resolve({ code, said: said.slice(-4000) }));
  });
}
