import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runProcess, shellLine, shellQuote } from "./index.ts";

test("plain words stay bare; what a shell would take apart or assign is quoted", () => {
  expect(["train.py", "--seed=1", "a/b:c"].map(shellQuote)).toEqual(["train.py", "--seed=1", "a/b:c"]);
  expect(["", "a b", "$HOME", "it's", "A=1", "~"].map(shellQuote)).toEqual([
    "''",
    "'a b'",
    "'$HOME'",
    "'it'\\''s'",
    "'A=1'",
    "'~'",
  ]);
});

test("a shell reads any words back", async () => {
  const words = fc.sample(
    fc.string({ unit: "binary", maxLength: 12 }).map((word) => word.replaceAll(/[\0\ud800-\udfff]/gu, "")),
    200,
  );
  const { stdout } = await runProcess(["/bin/sh", "-c", `printf '%s\\0' ${shellLine(words)}`]);
  expect(stdout.toString("utf8").split("\0").slice(0, -1)).toEqual(words);
});
