import type { Manifest } from "../model/index.ts";
import { asPypi } from "./as-pypi.ts";
import type { Attempt } from "./attempt.ts";

/**
 * The distributions that the project asks for itself, by normalised name. A lock holds far more than that: of what came
 * from one, what the spec declares counts; all of it where there is no spec.
 */
export function directNames({ asked }: Attempt, spec: Manifest | null): readonly string[] {
  const declared =
    spec === null
      ? null
      : new Set(
          spec.requirements
            .filter(({ group }) => group === "")
            .map((requirement) => asPypi(requirement)?.name),
        );
  const own = asked.filter(({ origin, name }) => origin !== "lock" || (declared?.has(name) ?? true));
  return [...new Set(own.map(({ name }) => name))];
}
