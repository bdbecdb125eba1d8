import { compare } from "@renovatebot/pep440";
import { releaseMetadata } from "../../environments/index.ts";
import type { Plan, State } from "./plan.ts";
import {
  admits,
  firstAfter,
  isYanked,
  laterReleases,
  momentAfter,
  releasesOf,
  wheelFor,
  type Release,
} from "./releases.ts";
import { liftedFinding, neededFinding, relaxedFinding } from "./said.ts";
import { endOfTime, needsHere, type Wanted } from "./wanted.ts";

const mostReleasesRead = 20;

/**
 * Moves each exact pin that needs a package without any wheel to its first later release that needs it no more: a lock
 * names both, and left alone the first would fail where it imports the second.
 */
export async function movePinsThatNeed(plan: Plan, state: State, name: string): Promise<void> {
  state.wanted = await Promise.all(state.wanted.map((one) => withoutNeed(one)));

  async function withoutNeed(one: Wanted): Promise<Wanted> {
    const { requirement, pin } = one;
    if (pin === null || requirement.name === name || !(await needs(plan, requirement.name, pin, name)))
      return one;
    const release = await firstWithout(plan, requirement.name, pin, name);
    if (release === null) return one;
    const day = momentAfter(wheelFor(release, plan.python.interpreter) || endOfTime);
    state.lifted.set(requirement.name, day);
    state.moved.set(requirement.name, day);
    const metadata = await releaseMetadata(requirement.name, release.version);
    await liftNeeds(plan, state, `${requirement.name} ${release.version}`, metadata?.requires ?? []);
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
  plan: Plan,
  dependent: string,
  pin: string,
  name: string,
): Promise<Release | null> {
  const later = ((await releasesOf(dependent)) ?? []).filter(
    (one) =>
      !one.prerelease &&
      !isYanked(one) &&
      compare(one.version, pin) > 0 &&
      wheelFor(one, plan.python.interpreter) !== null,
  );
  for (const release of later.slice(0, mostReleasesRead)) {
    if (!(await needs(plan, dependent, release.version, name))) return release;
  }
  return null;
}

async function needs({ python }: Plan, dependent: string, version: string, name: string): Promise<boolean> {
  const metadata = await releaseMetadata(dependent, version);
  return needsHere(metadata?.requires ?? [], python.interpreter).some((need) => need.name === name);
}

/** Takes each that needs a package without a wheel from the first later day on which it needs it no more; those it could. */
export async function liftUntilFree(
  plan: Plan,
  state: State,
  name: string,
  dependents: readonly string[],
): Promise<readonly string[]> {
  const { before, python } = plan;
  if (before === null) return [];
  const lifted: string[] = [];
  for (const dependent of dependents) {
    const pinned = state.wanted.some(
      ({ requirement, pin }) => requirement.name === dependent && pin !== null,
    );
    const releases = pinned ? null : await releasesOf(dependent);
    const from = state.lifted.get(dependent) ?? before;
    const later = laterReleases(releases ?? [], from, python.interpreter, "").slice(0, mostReleasesRead);
    for (const { release, uploaded } of later) {
      const metadata = await releaseMetadata(dependent, release.version);
      if (metadata === null) continue;
      if (needsHere(metadata.requires, python.interpreter).some((need) => need.name === name)) continue;
      await liftNeeds(plan, state, `${dependent} ${release.version}`, metadata.requires);
      state.lifted.set(dependent, momentAfter(uploaded));
      const direct = state.wanted.find(({ requirement }) => requirement.name === dependent);
      const finding = liftedFinding(dependent, release.version, uploaded, plan, direct, name);
      state.findings.set(dependent, finding);
      lifted.push(dependent);
      break;
    }
  }
  return lifted;
}

/** What a release of a later day needs is taken from a later day too, where nothing that it takes was there before. */
async function liftNeeds(
  { before, python }: Plan,
  state: State,
  asker: string,
  requires: readonly string[],
): Promise<void> {
  if (before === null) return;
  for (const { name, specifier } of needsHere(requires, python.interpreter)) {
    const releases = (await releasesOf(name)) ?? [];
    const until = state.lifted.get(name) ?? before;
    const isThere = releases.some((release) => {
      const uploaded = release.prerelease ? null : wheelFor(release, python.interpreter);
      return uploaded !== null && uploaded <= until && admits(specifier, release.version);
    });
    const found = isThere ? null : firstAfter(releases, until, python.interpreter, specifier);
    if (found === null) continue;
    state.lifted.set(name, momentAfter(found.uploaded));
    state.findings.set(name, neededFinding(name, found.release.version, found.uploaded, asker));
  }
}
