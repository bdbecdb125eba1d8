import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { listInterpreters } from "../../src/environments/index.ts";

const tests = path.join(import.meta.dirname, "../../pyhook/tests");

/** The hook supports 3.8 and later: the oldest and the newest that are installed here run all of its own tests, those
 *  between them the ones that say what is written. Two run at a time. */
test("the Python hook passes its tests on every Python here", { timeout: 600_000 }, async () => {
  const minor = (version: string): number => Number(version.split(".")[1]);
  const found = (await listInterpreters())
    .filter(
      ({ version, implementation }) => implementation.toLowerCase() === "cpython" && minor(version) >= 8,
    )
    .sort((a, b) => minor(a.version) - minor(b.version));
  expect(found.length).toBeGreaterThan(0);
  const ends = new Set([found[0], found.at(-1)]);
  const waiting = [...ends, ...found.filter((one) => !ends.has(one))];
  const run = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const ran = await unittest(one.executable, ends.has(one) ? [] : ["test_events", "test_frameworks"]);
      expect({ version: one.version, ...ran }).toMatchObject({ version: one.version, code: 0 });
    }
  };
  await Promise.all([run(), run()]);
});

function unittest(python: string, which: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(python, ["-B", "-m", "unittest", "-q", ...which], {
      cwd: tests,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (part: Buffer) => (said += part.toString()));
    child.on("close", (code) => resolve({ code, said: said.slice(-4000) }));
  });
}
