import { compare } from "@renovatebot/pep440";
import { releaseMetadata } from "../../environments/index.ts";
import type { Plan, State } from "./plan.ts";
import { releasesOf, wheelFor, type Release } from "./releases.ts";
import { relaxedFinding } from "./said.ts";
import { requirementName, type Wanted } from "./wanted.ts";

const mostReleasesRead = 12;
const endOfTime = "2999-01-01T00:00:00Z";

/**
 * Moves each exact pin that needs a package without any wheel to its first later release that needs it no more: a lock
 * names both, and left alone the first would fail where it imports the second.
 */
export async function movePinsThatNeed(plan: Plan, state: State, name: string): Promise<void> {
  state.wanted = await Promise.all(state.wanted.map((one) => withoutNeed(one)));

  async function withoutNeed(one: Wanted): Promise<Wanted> {
    const { requirement, pin } = one;
    if (pin === null || requirement.name === name || !(await needs(requirement.name, pin, name))) return one;
    const release = await firstWithout(plan, requirement.name, pin, name);
    if (release === null) return one;
    state.lifted.set(requirement.name, endOfTime);
    const why = `it needs ${name}, which has no wheel`;
    state.findings.set(requirement.name, relaxedFinding(one, release.version, why));
    return {
      ...one,
      pin: release.version,
      requirement: { ...requirement, specifier: `==${release.version}` },
    };
  }
}

async function firstWithout(
  { python }: Plan,
  dependent: string,
  pin: string,
  name: string,
): Promise<Release | null> {
  const later = ((await releasesOf(dependent)) ?? []).filter(
    (one) => !one.prerelease && compare(one.version, pin) > 0 && wheelFor(one, python.interpreter) !== null,
  );
  for (const release of later.slice(0, mostReleasesRead)) {
    if (!(await needs(dependent, release.version, name))) return release;
  }
  return null;
}

async function needs(dependent: string, version: string, name: string): Promise<boolean> {
  const metadata = await releaseMetadata(dependent, version);
  return (
    metadata?.requires.some((text) => requirementName(text) === name && !/\bextra\b/u.test(text)) === true
  );
}
