import { makeFinding, type Finding, type VariableConfig } from "../model/index.ts";

export interface Answers {
  readonly values: Readonly<Record<string, string>>;
  readonly unanswered: readonly string[];
  /** Answered by the caller's own environment, since they have no default. */
  readonly fromCaller: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * The values of the declared variables for others: the default, as they would get it; where there is none (a secret, a
 * place on the machine), the value that the caller gives. `configFile` is where they are declared.
 */
export function answerVariables(
  declared: Readonly<Record<string, VariableConfig>>,
  given: Readonly<Record<string, string | undefined>>,
  configFile: string | null = null,
): Answers {
  const values: Record<string, string> = {};
  const unanswered: string[] = [];
  const fromCaller: string[] = [];
  for (const [name, variable] of Object.entries(declared)) {
    const value = variable.default === undefined ? given[name] : String(variable.default);
    if (value === undefined) unanswered.push(name);
    else values[name] = value;
    if (value !== undefined && variable.default === undefined) fromCaller.push(name);
  }
  const file = configFile ?? "rung.toml";
  const findings = unanswered.map((name) =>
    makeFinding(
      "variable-without-answer",
      "error",
      `The declared variable ${name} has no default and is not set here`,
      {
        file,
        why: "A declared need without an answer leaves the level unknown.",
        fix: `Set ${name} before you run rung, or give it a default in ${file}.`,
      },
    ),
  );
  return { values, unanswered, fromCaller, findings };
}

/** The values of the declared variables in the owner's own runs: what the owner has set, else the default. */
export function ownerVariables(
  declared: Readonly<Record<string, VariableConfig>>,
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const answers = Object.entries(declared).map(
    ([name, variable]) => [name, given[name] ?? variable.default] as const,
  );
  return Object.fromEntries(
    answers.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
