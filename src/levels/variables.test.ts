import { expect, test } from "vitest";
import { answerVariables, ownerVariables } from "./variables.ts";

const declared = {
  SEED: { default: 42, type: "int", secret: false },
  TOKEN: { type: "string", secret: true },
} as const;

test("others get the default, whatever the caller has set; what has none is the caller's to give", () => {
  const answers = answerVariables(declared, { SEED: "7", TOKEN: "t", OTHER: "x" });
  expect(answers.values).toEqual({ SEED: "42", TOKEN: "t" });
  expect(answers.fromCaller).toEqual(["TOKEN"]);
});

test("the owner's own runs take what the owner has set", () => {
  expect(ownerVariables(declared, { SEED: "7" })).toEqual({ SEED: "7" });
  expect(ownerVariables(declared, {})).toEqual({ SEED: "42" });
});

test("a declared variable without an answer is named", () => {
  const answers = answerVariables(declared, {});
  expect(answers.values).toEqual({ SEED: "42" });
  expect(answers.unanswered).toEqual(["TOKEN"]);
  expect(answers.findings[0]?.rule).toBe("variable-without-answer");
});

test("what is not answered is blamed on the file that declares it", () => {
  const [finding] = answerVariables(declared, {}, "pyproject.toml").findings;
  expect(finding?.file).toBe("pyproject.toml");
  expect(finding?.fix).toContain("pyproject.toml");
});
