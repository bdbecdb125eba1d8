import { releaseMetadata } from "../../environments/index.ts";
import type { Plan, State } from "./plan.ts";
import { newestAt, releasesOf } from "./releases.ts";
import { togetherFinding } from "./said.ts";
import { endOfTime, needsHere } from "./wanted.ts";

/**
 * What was lifted to a later day may need something else that was lifted to a day before that: the first release with a
 * wheel, which the one that needs it may never have met. Takes the second as of the first one's day; true where that
 * changed something.
 */
export async function takeTogether(
  plan: Plan,
  state: State,
  pins: ReadonlyMap<string, string>,
): Promise<boolean> {
  const python = plan.python.interpreter;
  const pinned = new Set(
    state.wanted.flatMap(({ requirement, pin }) => (pin === null ? [] : requirement.name)),
  );
  let changed = false;
  for (const [name, version] of pins) {
    const day = state.lifted.get(name);
    if (day === undefined || day === endOfTime) continue;
    const metadata = await releaseMetadata(name, version);
    for (const need of needsHere(metadata?.requires ?? [], python)) {
      const before = state.lifted.get(need.name);
      if (before === undefined || before >= day || pinned.has(need.name)) continue;
      const newest = newestAt((await releasesOf(need.name)) ?? [], day, python);
      if (newest === null || newest.version === pins.get(need.name)) continue;
      state.lifted.set(need.name, day);
      state.findings.set(need.name, togetherFinding(need.name, `${name} ${version}`, day));
      changed = true;
    }
  }
  return changed;
}
