import { environmentFromPins, environmentIn } from "../../environments/index.ts";
import { ToolError, type Circumstances, type Environment } from "../../model/index.ts";

type RecordedEnvironment = Circumstances["environment"];

/**
 * An environment with these packages: one of those that the two runs had, where it is still as it was, else a new one of
 * the same versions. Throws ToolError where it cannot be had.
 */
export async function environmentWith(
  packages: Readonly<Record<string, string>>,
  known: readonly RecordedEnvironment[],
  root: string,
  progress: (message: string) => void,
): Promise<Environment> {
  for (const candidate of known) {
    if (!samePackages(candidate.packages, packages)) continue;
    const found = await environmentIn(candidate.prefix, root);
    if (found !== null && samePackages(found.packages, packages))
      return { ...found, source: candidate.source };
  }
  const [like] = known;
  const base = like === undefined ? null : await environmentIn(like.prefix, root);
  if (base === null)
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
