import { compare } from "@renovatebot/pep440";
import { releaseMetadata } from "../../environments/index.ts";
import type { Plan, State } from "./plan.ts";
import { lift, remember } from "./remedies.ts";
import { newestAt, releasesOf } from "./releases.ts";
import { needsHere } from "./wanted.ts";
import { liftUntilFree } from "./without-need.ts";

/** More packages than this are not looked at one by one. */
const mostLookedAt = 120;

/**
 * A resolver says nothing where it goes back to an old release because what the newest one needs had no wheel on the
 * day. Finds those needs among what was resolved, and lifts them, or who asks for them where they never had one; true
 * where there were any, so that another run comes out with better versions.
 */
export async function liftWhatHoldsBack(
  plan: Plan,
  state: State,
  pins: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { before, python } = plan;
  if (before === null || pins.size > mostLookedAt) return false;
  const pinned = new Set(
    state.wanted.flatMap(({ requirement }) => (requirement.specifier === "" ? [] : [requirement.name])),
  );
  const free = [...pins].filter(([name, version]) => !pinned.has(name) && !version.includes("/"));
  const needs = await Promise.all(
    free.map(async ([name, version]) => {
      const releases = (await releasesOf(name)) ?? [];
      const newest = newestAt(releases, state.lifted.get(name) ?? before, python.interpreter);
      if (newest === null || compare(newest.version, version) <= 0) return [];
      const metadata = await releaseMetadata(name, newest.version);
      return needsHere(metadata?.requires ?? [], python.interpreter).map((need) => need.name);
    }),
  );
  let changed = false;
  for (const name of new Set(needs.flat())) {
    if (state.tries.has(name) || state.excluded.has(name)) continue;
    const releases = (await releasesOf(name)) ?? [];
    if (releases.length === 0 || newestAt(releases, before, python.interpreter) !== null) continue;
    state.tries.set(name, 1);
    remember(plan, name);
    const never = newestAt(releases, null, python.interpreter) === null;
    const askers = free.flatMap(([asker], index) => (needs[index]?.includes(name) === true ? [asker] : []));
    const isLifted = never
      ? !plan.allowBuilds && (await liftUntilFree(plan, state, name, askers)).length > 0
      : lift(plan, state, name, releases, "");
    changed = isLifted || changed;
  }
  return changed;
}
