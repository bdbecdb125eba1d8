import { describe, expect, it } from "vitest";
import type { Output } from "../model/index.ts";
import { compareCommitted, compareOutputs, matchesGlob, summarise, worstOf } from "./index.ts";

const outputOf = (path: string, content: string | null, more: Partial<Output> = {}): Output => ({
  kind: "file",
  path,
  change: content === null ? "deleted" : "created",
  digest: content,
  size: 0,
  mode: content === null ? 0 : 0o644,
  symlink: false,
  ...more,
});
// The digest is the content itself here, so that a test reads as what it compares.
const read = (digest: string): Uint8Array => new TextEncoder().encode(digest);
const ruleOf = (paths: string[], more = {}) => ({ paths, relative: 0, absolute: 0, ignore: false, ...more });
const compare = (
  before: readonly Output[],
  after: readonly Output[],
  rules: ReturnType<typeof ruleOf>[] = [],
) => compareOutputs(before, after, { command: "train", read, rules });

describe("outputs of two runs", () => {
  it("of one digest are identical and are not read", async () => {
    const comparisons = await compareOutputs([outputOf("a", "1")], [outputOf("a", "1")], {
      command: "train",
      rules: [],
      read: () => {
        throw new Error("read");
      },
    });
    expect(comparisons).toMatchObject([{ output: "a", command: "train", verdict: "identical" }]);
  });

  it("that one run alone left, deleted, changed in mode or made a link are different", async () => {
    const [only, gone, mode, link, both] = await compare(
      [outputOf("1", "x"), outputOf("2", "x"), outputOf("3", "x"), outputOf("4", "x"), outputOf("5", null)],
      [
        outputOf("2", null),
        outputOf("3", "x", { mode: 0o755 }),
        outputOf("4", "x", { symlink: true }),
        outputOf("5", null),
      ],
    );
    expect(only?.differences).toEqual([
      { where: "state", before: "(there)", after: "(not left by this run)" },
    ]);
    expect(gone?.differences[0]?.after).toBe("(deleted)");
    expect(mode?.differences).toEqual([{ where: "mode", before: "not executable", after: "executable" }]);
    expect(link?.verdict).toBe("different");
    expect(both?.verdict).toBe("identical");
  });

  it("whose permissions differ as the umask does are the same", async () => {
    const [plain, script] = await compare(
      [outputOf("1", "x", { mode: 0o664 }), outputOf("2", "x", { mode: 0o775 })],
      [outputOf("1", "x"), outputOf("2", "x", { mode: 0o700 })],
    );
    expect([plain?.verdict, script?.verdict]).toEqual(["identical", "identical"]);
  });

  it("that one run only wrote again as they were are the same", async () => {
    const [comparison] = await compare([outputOf("a", "x", { change: "rewritten" })], []);
    expect(comparison?.verdict).toBe("identical");
  });

  it("are normalised on the console and not in a file, even one named stdout", async () => {
    const [before, after] = ["<A at 0x7f0000000001>", "<A at 0x7f0000000002>"];
    const comparisons = await compare(
      [
        outputOf("stdout", before),
        outputOf("", before, { kind: "stdout" }),
        outputOf("", "0", { kind: "exit" }),
      ],
      [
        outputOf("stdout", after),
        outputOf("", after, { kind: "stdout" }),
        outputOf("", "1", { kind: "exit" }),
      ],
    );
    expect(comparisons.map(({ output, verdict }) => [output, verdict])).toEqual([
      ["exit", "different"],
      ["stdout", "different"],
      ["stdout", "normalised"],
    ]);
    expect(comparisons[0]?.differences).toEqual([{ where: "line 1", before: "0", after: "1" }]);
  });

  it("follow the first rule that names them", async () => {
    const rules = [
      ruleOf(["logs/**"], { ignore: true }),
      ruleOf(["stdout:train", "**/*.csv"], { relative: 0.1 }),
    ];
    const comparisons = await compare(
      [
        outputOf("logs/a/b.log", "1"),
        outputOf("", "loss 1.0", { kind: "stdout" }),
        outputOf("o/x.csv", "a\n1.0"),
        outputOf("y.txt", "1.0"),
      ],
      [
        outputOf("logs/a/b.log", "2"),
        outputOf("", "loss 1.01", { kind: "stdout" }),
        outputOf("o/x.csv", "a\n1.01"),
        outputOf("y.txt", "1.01"),
      ],
      rules,
    );
    expect(comparisons.map(({ verdict }) => verdict)).toEqual(["tolerance", "different", "tolerance"]);
  });

  it("never have an exit code ignored or taken for close", async () => {
    const rules = [ruleOf(["**", "exit:train"], { ignore: true, relative: 1, absolute: 9 })];
    const [exit] = await compare(
      [outputOf("", "0", { kind: "exit" })],
      [outputOf("", "1", { kind: "exit" })],
      rules,
    );
    expect(exit?.verdict).toBe("different");
  });
});

describe("a tracked file against a run", () => {
  const context = { command: "train", rules: [] };
  const fileOf = (content: string, executable = false, symlink = false) => ({
    bytes: read(content),
    executable,
    symlink,
  });

  it("is different where it became executable, or a link", async () => {
    const [mode] = await compareCommitted("run.sh", fileOf("a"), fileOf("a", true), context);
    expect(mode?.differences).toEqual([{ where: "mode", before: "not executable", after: "executable" }]);
    const [link] = await compareCommitted("a", fileOf("b"), fileOf("b", false, true), context);
    expect(link?.verdict).toBe("different");
  });

  it("counts numbers within 1e-6 apart, in text that is printed", async () => {
    const [comparison] = await compareCommitted(
      "r.csv",
      fileOf("a\n0.1234567891"),
      fileOf("a\n0.1234567892"),
      context,
    );
    expect(comparison).toMatchObject({ output: "r.csv", verdict: "tolerance" });
  });

  it("is different where the run deleted it, and left out where a rule says so", async () => {
    expect((await compareCommitted("r.csv", fileOf("a"), null, context))[0]?.verdict).toBe("different");
    const ignoring = { command: "train", rules: [ruleOf(["*.csv"], { ignore: true })] };
    expect(await compareCommitted("r.csv", fileOf("a"), null, ignoring)).toEqual([]);
  });
});

describe("verdicts", () => {
  it("are counted, and the worst is named", () => {
    const comparisons = [
      { verdict: "identical" },
      { verdict: "tolerance" },
      { verdict: "normalised" },
    ] as const;
    expect(worstOf(comparisons)).toBe("tolerance");
    expect(summarise(comparisons)).toEqual({
      compared: 3,
      identical: 1,
      normalised: 1,
      tolerance: 1,
      different: 0,
    });
  });
});

describe("globs", () => {
  it.each([
    ["*.csv", "a.csv", true],
    ["*.csv", "out/a.csv", false],
    ["**/*.csv", "a.csv", true],
    ["**/*.csv", "out/deep/a.csv", true],
    ["out/**", "out/a/b", true],
    ["out/**/x", "out/x", true],
    ["out/*", "out/a/b", false],
    ["a?c", "abc", true],
    ["a[0-9]c", "a5c", true],
    ["a[!0-9]c", "a5c", false],
    ["a[", "a[", true],
    ["stdout:train*", "stdout:train-all", true],
    ["", "a", false],
  ])("%j on %j: %j", (glob, path, expected) => {
    expect(matchesGlob(glob, path)).toBe(expected);
  });

  it("take no exponential time", () => {
    expect(matchesGlob(`${"**/".repeat(40)}x`, "a/".repeat(2000))).toBe(false);
    expect(matchesGlob(`${"*a".repeat(40)}b`, "a".repeat(5000))).toBe(false);
  });
});
