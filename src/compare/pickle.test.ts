import { describe, expect, it } from "vitest";
import { runProcess } from "../system/index.ts";
import { compareContent } from "./index.ts";

/** Pickles made by the real Python: one for each expression, which may use pickle, d (dumps) and o (a dictionary). */
async function pickles(...expressions: readonly string[]): Promise<readonly Uint8Array[]> {
  const code = [
    "import pickle, pickletools",
    "d = pickle.dumps",
    "k = 'key'; o = {'a': [1, 300, 70000, 2**70, -5], k: (k, 1.5), 's': {1}, 'b': b'xy', 'l': [k, k]}",
    `for value in [${expressions.join(", ")}]: print(value.hex())`,
  ].join("\n");
  const { stdout, stderr } = await runProcess(["python3", "-c", code]);
  expect(stderr.toString()).toBe("");
  return stdout
    .toString()
    .trim()
    .split("\n")
    .map((line) => new Uint8Array(Buffer.from(line, "hex")));
}

const rule = { paths: ["**"], relative: 1e-6, absolute: 0, ignore: false };

async function verdictOf(before: string, after: string, tolerant = false) {
  const [one, other] = await pickles(before, after);
  if (one === undefined || other === undefined) throw new Error("Python gave no pickles");
  return compareContent("m.pkl", one, other, tolerant ? rule : null);
}

describe("pickles", () => {
  it.each([
    ["memo entries that nothing uses", "d(o, 4)", "pickletools.optimize(d(o, 4))"],
    ["framing of protocols", "d([1, 'a', 2.5], 4)", "d([1, 'a', 2.5], 3)"],
    [
      "equal strings that are or are not one object",
      "d(['key1', 'key1'])",
      "d(['key1', ''.join(['key', '1'])])",
    ],
  ])("are equal but for %s", async (_what, before, after) => {
    expect(await verdictOf(before, after)).toMatchObject({
      verdict: "normalised",
      rules: ["pickle-encoding"],
    });
  });

  it.each([
    ["a number", "d(o)", "d({**o, 'a': [2]})"],
    ["a list that is or is not one object", "d((lambda x: [x, x])([1]))", "d([[1], [1]])"],
    [
      "which object is used again",
      "d((lambda x, y: [x, y, x])([], []))",
      "d((lambda x, y: [x, y, y])([], []))",
    ],
    ["a type", "d([1])", "d([1.0])"],
    ["text and bytes", "d(['a'], 4)", "d([b'a'], 4)"],
    ["a second pickle", "d(1)", "d(1) + d(2)"],
    ["bytes after the end", "d(1)", "d(1) + b'\\xff'"],
    ["the order of keys", "d({1: 1, 2: 2})", "d({2: 2, 1: 1})"],
    ["the order of a set", "d({8, 0})", "d({0, 8})"],
  ])("are different by %s", async (_what, before, after) => {
    expect((await verdictOf(before, after)).verdict).toBe("different");
  });

  it("name the step and take numbers within a rule's tolerance", async () => {
    const outcome = await verdictOf("d([0.5, 1])", "d([0.5000001, 1])");
    expect(outcome.differences[0]).toMatchObject({ before: "float 0.5", after: "float 0.5000001" });
    expect((await verdictOf("d([0.5, 1])", "d([0.5000001, 1])", true)).verdict).toBe("tolerance");
  });
});
