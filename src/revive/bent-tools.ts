import { installedDistributions } from "../environments/index.ts";
import { dependenciesHere } from "../lock/index.ts";
import type { Environment, Finding, Need } from "../model/index.ts";
import type { Asked, Attempt } from "./attempt.ts";
import { isSpare } from "./spare.ts";

/** Tools that are declared and never imported, for whose sake the resolution had to be bent, and the parts that it was about. */
export interface BentTools {
  readonly tools: readonly Asked[];
  readonly parts: readonly string[];
}

const bent = /^([\w.-]+) is left out|^([\w.-]+)==\S+ is taken, though other packages/u;

/**
 * What may go since no code needs it, and something that comes with it alone was left out or forced together. Null where
 * there is nothing of the kind.
 */
export function bentTools(
  attempt: Attempt,
  environment: Environment,
  findings: readonly Finding[],
  needs: readonly Need[],
): BentTools | null {
  const parts = new Set(
    findings.flatMap(({ message }) => bent.exec(message)?.slice(1).filter(Boolean) ?? []),
  );
  const spare = attempt.asked.filter((asked) => isSpare(asked, attempt, needs));
  if (parts.size === 0 || spare.length === 0) return null;
  const installed = new Map(installedDistributions(environment).map((one) => [one.name, one]));
  const closureOf = (roots: readonly Asked[]): ReadonlySet<string> => {
    const wanted = roots.map(({ name }) => ({ name, extras: [] }));
    const all = dependenciesHere(installed, wanted, environment.interpreter.version);
    return new Set([...roots.map(({ name }) => name), ...all.map(({ requirement }) => requirement.name)]);
  };
  const needed = closureOf(attempt.asked.filter((asked) => !spare.includes(asked)));
  const own = [...parts].filter((name) => !needed.has(name));
  const tools = spare.filter((tool) => {
    const closure = closureOf([tool]);
    return own.some((name) => closure.has(name));
  });
  return tools.length === 0 ? null : { tools, parts: own };
}
