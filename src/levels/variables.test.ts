import { expect, test } from "vitest";
import { answerVariables } from "./variables.ts";

const declared = {
  SEED: { default: 42, type: "int", secret: false },
  TOKEN: { type: "string", secret: true },
} as const;

test("the caller's value comes before the default", () => {
  expect(answerVariables(declared, { SEED: "7", TOKEN: "t", OTHER: "x" }).values).toEqual({
    SEED: "7",
    TOKEN: "t",
  });
});

test("a declared variable without an answer is named", () => {
  const answers = answerVariables(declared, {});
  expect(answers.values).toEqual({ SEED: "42" });
  expect(answers.unanswered).toEqual(["TOKEN"]);
  expect(answers.findings[0]?.rule).toBe("variable-without-answer");
});
