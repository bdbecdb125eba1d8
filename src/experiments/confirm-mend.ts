import type { ProposedMend } from "../diagnose/index.ts";
import type { Mend } from "../model/index.ts";
import type { FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { patchOf } from "./mend-patch.ts";
import { inPairs } from "./series/together.ts";
import { setupOf, vectorOf } from "./series/vector.ts";

/**
 * Whether a mend takes a cause away: with it, the run in which the cause is at rest and the one in which it is changed
 * give the same. Null where the command fails with it: that is no mend.
 */
export async function confirmMend(
  { series, suspects, reference, together }: Inquiry,
  cause: FoundCause,
  { summary, keepsResults, changes }: ProposedMend,
): Promise<Mend | null> {
  const edits = new Map(changes.map(({ path, after }) => [path, after]));
  const vectors = [vectorOf(suspects, [], 0), vectorOf(suspects, cause.members, cause.choice)];
  let next = 0;
  const [rest = null, changed = null] = await inPairs(2, together, () => {
    const vector = vectors[next++] ?? new Map();
    return series.observed({ ...setupOf(vector, reference), edits }, `mended: ${summary}`, () => null);
  });
  const patch = patchOf(changes);
  if (rest?.failed === true || changed?.failed === true) return null;
  if (rest === null || changed === null) return { summary, patch, confirmed: false };
  const differences = await series.differences(rest.run, changed.run);
  if (keepsResults && (await series.differences(reference, rest.run)).length > 0)
    return { summary, patch, confirmed: false };
  const reached = differences.filter(({ output }) => cause.outputs.includes(output));
  return { summary, patch, confirmed: reached.length === 0 };
}
