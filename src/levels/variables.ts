import { makeFinding, type Finding, type VariableConfig } from "../model/index.ts";

export interface Answers {
  readonly values: Readonly<Record<string, string>>;
  readonly unanswered: readonly string[];
  readonly findings: readonly Finding[];
}

/** The values of the declared variables: the caller's own where set, else the default. */
export function answerVariables(
  declared: Readonly<Record<string, VariableConfig>>,
  given: Readonly<Record<string, string | undefined>>,
): Answers {
  const values: Record<string, string> = {};
  const unanswered: string[] = [];
  for (const [name, variable] of Object.entries(declared)) {
    const value = given[name] ?? (variable.default === undefined ? undefined : String(variable.default));
    if (value === undefined) unanswered.push(name);
    else values[name] = value;
  }
  const findings = unanswered.map((name) =>
    makeFinding(
      "variable-without-answer",
      "error",
      `The declared variable ${name} has no default and is not set here`,
      {
        file: "rung.toml",
        why: "A declared need without an answer leaves the level unknown.",
        fix: `Set ${name} before you run rung, or give it a default in rung.toml.`,
      },
    ),
  );
  return { values, unanswered, findings };
}
