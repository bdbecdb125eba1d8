import { findCauses } from "../diagnose/index.ts";
import type { Comparison } from "../model/index.ts";
import type { LabRun } from "./lab/lab.ts";
import {
  freeing,
  isComparable,
  outputsOf,
  type Exploration,
  type ExploreRequest,
  type FoundCause,
} from "./explored.ts";
import { vectorOf } from "./series/vector.ts";
import { watchStability, type Stability } from "./stability.ts";
import type { Suspect } from "./suspect.ts";

/**
 * Finds the causes of difference among suspects, all changed to the same `choice`. A difference is trusted only once
 * some run was the same as the reference: else all at rest is run again, and what differs then is left out. Those that
 * may make the command fail are looked at apart from the others where they are likely to.
 */
export async function explore(request: ExploreRequest): Promise<Exploration> {
  const look = lookerOf(request);
  const isNew = (suspect: Suspect): boolean =>
    request.without?.includes(suspect) !== true && request.choice <= suspect.choices;
  const open = request.suspects.filter(isNew);
  const { causes, restIsClean, exhausted, needed } = await search(
    open.filter((suspect) => !isApart(suspect)),
    request,
    look,
  );
  const risky =
    exhausted || request.choice > 1
      ? []
      : open.filter((suspect) => isApart(suspect) && suspect.touched !== false);
  const starts = risky.filter(({ kind }) => kind === "working-directory");
  const others = risky.filter(({ kind }) => kind !== "working-directory");
  const worth = await worthALook(others, look);
  let wasCut = worth === null;
  // Most commands need their folder: that one is no part of a group.
  for (const suspect of [...starts, ...(worth ?? [])]) {
    const found = await look.differences([suspect]);
    if (found === null) wasCut = true;
    else if (found.failed) needed.push(suspect);
    else if (found.differences.length > 0) causes.push(causeOf([suspect], request, found));
  }
  return { causes, unstable: look.stability.unstable, restIsClean, exhausted: exhausted || wasCut, needed };
}

/**
 * Most commands need the folder in which they start, and what the observed run asked for. What an earlier run left may hide
 * what else is changed: a folder that is there already is not made.
 */
function isApart({ mayFail, kind, touched }: Suspect): boolean {
  return kind === "input-changed" || (mayFail && touched === true);
}

interface Looked extends Pick<LabRun, "failed" | "cutShort"> {
  readonly differences: readonly Comparison[];
}

interface Looker {
  readonly stability: Stability;
  /** What a run with these changed gives that tells something of them; null where no run is left. */
  differences(changed: readonly Suspect[]): Promise<Looked | null>;
  /** Asks no probed runs any more. True where one was asked. */
  withoutProbes(): boolean;
}

function lookerOf(request: ExploreRequest): Looker {
  const { series, suspects, reference, choice } = request;
  const stability = watchStability(request);
  let { probes } = request;
  let wasProbed = false;
  /** Sets that made a difference: one of their members is expected to. */
  const differing: (readonly Suspect[])[] = request.expected ? [suspects] : [];
  const look = async (changed: readonly Suspect[]): Promise<Looked | null> => {
    const vector = vectorOf(suspects, changed, choice);
    const [only, ...others] = changed;
    const isExpected = only !== undefined && differing.some((set) => set.includes(only));
    if (probes !== undefined && isExpected && others.length === 0 && !series.knows(vector)) {
      const differences = await probes.differences(vector, only.freed);
      if (differences !== null) {
        wasProbed = true;
        // The probed run with everything fixed gave the same as the plain one.
        await stability.note([], false);
        return { failed: false, cutShort: null, differences };
      }
    }
    const result = await series.under(vector, freeing(changed));
    if (result === null) return null;
    const { failed, cutShort, run } = result;
    return { failed, cutShort, differences: await series.differences(reference, run) };
  };
  return {
    stability,
    async differences(changed) {
      const found = await look(changed);
      if (found === null) return null;
      if (found.differences.length > 0) differing.push(changed);
      return { ...found, differences: stability.telling(changed, found.differences) };
    },
    withoutProbes() {
      probes = undefined;
      return wasProbed;
    },
  };
}

async function search(
  open: readonly Suspect[],
  request: ExploreRequest,
  { stability, differences, withoutProbes }: Looker,
): Promise<{ causes: FoundCause[]; restIsClean: boolean; exhausted: boolean; needed: Suspect[] }> {
  const known = new Map(open.map((suspect) => [suspect.id, suspect]));
  const membersOf = (ids: readonly string[]): readonly Suspect[] => ids.flatMap((id) => known.get(id) ?? []);
  const differs = async (ids: readonly string[]): Promise<boolean | null> => {
    const changed = membersOf(ids);
    const found = await differences(changed);
    if (found === null) return null;
    // Something among them may hang the command: what it is will be found, and is no cause of a difference.
    if (found.cutShort !== null) return true;
    await stability.note(changed, found.differences.length > 0);
    return stability.telling(changed, found.differences).length > 0;
  };
  let result = await findCauses({ suspects: open, differs, expected: request.expected });
  // Probes may hide what one of them does alone: plain runs settle whether it takes several.
  if (result.causes.some(({ length }) => length > 1) && withoutProbes())
    result = await findCauses({ suspects: open, differs, expected: false });
  if (result.causes.length > 0 && stability.isInDoubt(result.causes.map(membersOf), result.restIsClean))
    await stability.settle();
  const { followers, unstable } = stability;
  if (unstable.length > 0 || followers.length > 0) {
    // With what tells nothing left out the same runs say something else, so that they are asked once more.
    const others = open.filter((suspect) => !followers.includes(suspect));
    result = await findCauses({ suspects: others, differs, expected: false });
  }
  const causes: FoundCause[] = [];
  const needed: Suspect[] = [];
  for (const ids of [...followers.map(({ id }) => [id]), ...result.causes]) {
    const found = await differences(membersOf(ids));
    const [only, ...others] = membersOf(ids);
    const failed = found?.failed === true && (only?.mayFail === true || found.cutShort !== null);
    if (failed && only !== undefined && others.length === 0) needed.push(only);
    else if (isComparable(found) && found.differences.length > 0)
      causes.push(causeOf(membersOf(ids), request, found));
  }
  return { causes, restIsClean: result.restIsClean, exhausted: result.exhausted, needed };
}

function causeOf(
  members: readonly Suspect[],
  { choice }: ExploreRequest,
  { differences }: Looked,
): FoundCause {
  return { members, choice, differences, outputs: outputsOf(differences) };
}

/**
 * Of those that may make the command fail, the ones to try alone: none where all of them together change nothing; null
 * where no run is left to tell.
 */
async function worthALook(risky: readonly Suspect[], look: Looker): Promise<readonly Suspect[] | null> {
  if (risky.length < 2) return risky;
  const together = await look.differences(risky);
  if (together === null) return null;
  return together.failed || together.differences.length > 0 ? risky : [];
}
