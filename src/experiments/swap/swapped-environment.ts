import { environmentFromPins, environmentIn } from "../../environments/index.ts";
import { ToolError, type Circumstances, type Environment } from "../../model/index.ts";

interface RecordedEnvironment extends WantedEnvironment {
  readonly source: Circumstances["environment"]["source"];
  readonly prefix: string;
  readonly interpreter: string;
}

interface WantedEnvironment {
  /** The version. */
  readonly python: string;
  readonly packages: Readonly<Record<string, string>>;
}

/**
 * An environment with this Python and these packages: one of those that the two runs had, where it is still as it was, else a new one of
 * the same versions. Throws ToolError where it cannot be had.
 */
export async function environmentWith(
  { python, packages }: WantedEnvironment,
  known: readonly RecordedEnvironment[],
  root: string,
  progress: (message: string) => void,
): Promise<Environment> {
  for (const candidate of known) {
    if (candidate.python !== python || !samePackages(candidate.packages, packages)) continue;
    const found = await environmentIn(candidate.prefix, root);
    if (found !== null && found.interpreter.version === python && samePackages(found.packages, packages))
      return { ...found, source: candidate.source };
  }
  const like = known.find((candidate) => candidate.python === python);
  const base = like === undefined ? null : await environmentIn(like.prefix, root);
  if (base === null || base.interpreter.version !== python)
    throw new ToolError("ENVIRONMENT_FAILED", "The Python that the run had is not there any more", {
      hint: `It was ${like?.interpreter ?? "unknown"}.`,
    });
  const pins = Object.entries(packages).map(([name, version]) => `${name}==${version}\n`);
  const { interpreter } = base;
  return environmentFromPins(
    { pins: pins.join(""), interpreter, description: "the recorded versions" },
    progress,
  );
}

function samePackages(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
