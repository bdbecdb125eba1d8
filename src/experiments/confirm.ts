import { outputsOf, type Exploration, type FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { inPairs } from "./series/together.ts";

/** How often runs with only the causes fixed were the same as the reference. */
export interface Confirmation {
  readonly same: number;
  readonly of: number;
  /** Outputs that differed all the same. */
  readonly still: readonly string[];
}

/**
 * Runs the command as its owner does, with only the causes fixed: where they are all that matters, each run is the same
 * as the one with everything fixed. The run with everything else changed counts as one of them, and so does the first run
 * where what varies elsewhere alone is fixed: it was as it is.
 */
export async function confirmCauses(
  found: Exploration,
  { series, reference, asItIs, together }: Inquiry,
  times: number,
): Promise<Confirmation> {
  if (found.causes.length === 0) return { same: 0, of: 0, still: [] };
  const members = [...new Set(found.causes.flatMap((cause) => cause.members))];
  const fixed = new Map(members.map((member) => [member, 0]));
  const words = `only ${inWords(members.map((member) => member.fixed))}`;
  const wasFixed = asItIs !== null && members.every(({ varies }) => varies === "elsewhere");
  const known = (found.restIsClean ? 1 : 0) + (wasFixed ? 1 : 0);
  let [same, of] = [known, known];
  const still = new Set<string>();
  const results = await inPairs(wasFixed ? times - 1 : times, together, () => series.anew(fixed, words));
  for (const result of results) {
    if (result === null) break;
    const differences = await series.differences(reference, result.run);
    const differ = outputsOf(differences).filter((output) => !found.unstable.includes(output));
    of += 1;
    if (differ.length === 0) same += 1;
    for (const output of differ) still.add(output);
  }
  return { same, of, still: [...still] };
}

/** "PYTHONHASHSEED fixed, the clock fixed and umask fixed" */
export function inWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** The experiment behind a cause, in one sentence with its count. */
export function experimentOf(
  cause: FoundCause,
  all: readonly FoundCause[],
  { same, of }: Confirmation,
): string {
  const others = all.filter((other) => other !== cause);
  const members = [...cause.members, ...others.flatMap((other) => other.members)];
  const identical = `with only ${inWords(members.map((member) => member.fixed))} the runs are identical; ${same} of ${of}`;
  const freed = `with only ${inWords(cause.members.map((member) => member.freed))} they differ`;
  return `${identical}; ${freed}`;
}
