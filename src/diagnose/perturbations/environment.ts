import type { Trace } from "../../model/index.ts";
import { definePerturbation, type PerturbationContext } from "./perturbation.ts";

/** Those of another perturbation, and those that say how to start a program at all. */
const apart =
  /^(?:PATH|HOME|USER|LOGNAME|USERNAME|LNAME|TZ|LANG|LANGUAGE|LC_.+|TMPDIR|TEMP|TMP|HOSTNAME|PWD|SHELL|LD_.+|PYTHON.+|VIRTUAL_ENV|CONDA_.+|RUNG_.+|.+_NUM_THREADS)$/u;

/** Variables that the project's code looks at and does not set itself, by whether they are there. */
function undeclared({ trace, declared }: PerturbationContext): { name: string; present: boolean }[] {
  const seen = (trace === null ? [] : lookedFor(trace)).filter(({ name }) => !declared.has(name));
  return seen.map(({ name, present }) => ({ name, present }));
}

function lookedFor({ variables }: Trace): Trace["variables"] {
  return variables.filter(({ name, at }) => at !== null && !apart.test(name));
}

/** More variables, a large one among them; those that the code looks at are taken away or, where absent, given a value. */
export const environment = definePerturbation({
  id: "environment",
  kind: "environment",
  title: "environment variables",
  varies: "elsewhere",
  fixed: "environment variables as they are",
  freed: "other environment variables",
  choices: 2,
  mayFail: true,
  apply(choice, context) {
    // Other perturbations set some too: how many there are must hang on this one alone.
    const variableCount = Object.keys(context.inherited).length + context.declared.size + 48 + 5 * choice;
    if (choice === 0) return { variableCount };
    const value = choice === 1 ? "2" : "other";
    const touched = undeclared(context).map(({ name, present }) => [name, present ? null : value] as const);
    return {
      variableCount,
      variables: {
        A_VARIABLE_OF_ANOTHER_MACHINE: "1",
        ZZ_LARGE_VARIABLE: "x".repeat(6000 * choice),
        ...Object.fromEntries(touched),
      },
    };
  },
  touched: (trace) => (lookedFor(trace).length > 0 ? true : null),
});
