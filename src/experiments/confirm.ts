import { isComparable, outputsOf, type Exploration, type FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { inPairs } from "./series/together.ts";
import type { Suspect } from "./suspect.ts";

/** How often runs with only the causes fixed were the same as the reference. */
export interface Confirmation {
  readonly same: number;
  readonly of: number;
  /** Outputs that differed all the same. */
  readonly still: readonly string[];
  /** The same of runs with everything fixed, for outputs that hang on what anything else moves a little too. */
  readonly allFixed: Pick<Confirmation, "same" | "of">;
}

/**
 * Runs the command as its owner does, with only the causes fixed: where they are all that matters, each run is the same
 * as the one with everything fixed. The run with everything else changed counts as one of them, and so does the first run
 * where what varies elsewhere alone is fixed: it was as it is. What follows others (addresses) is held still only where all
 * is fixed.
 */
export async function confirmCauses(
  found: Exploration,
  inquiry: Inquiry,
  times: number,
): Promise<Confirmation> {
  const followed = new Set(found.causes.filter(follows).flatMap(({ outputs }) => outputs));
  const others = found.causes.filter((cause) => !follows(cause));
  const still = new Set<string>();
  const count = async (
    fixed: readonly Suspect[],
    words: string,
    heeded: (output: string) => boolean,
    sofar: number,
    runs = times,
  ): Promise<Pick<Confirmation, "same" | "of">> => {
    let [same, of] = [sofar, sofar];
    const vector = new Map(fixed.map((member) => [member, 0]));
    for (const result of await inPairs(runs, inquiry.together, () => inquiry.series.anew(vector, words))) {
      if (result === null) break;
      if (!isComparable(result)) continue;
      const differences = await inquiry.series.differences(inquiry.reference, result.run);
      const differ = outputsOf(differences).filter(
        (output) => heeded(output) && !found.unstable.includes(output),
      );
      of += 1;
      if (differ.length === 0) same += 1;
      for (const output of differ) still.add(output);
    }
    return { same, of };
  };
  const nothing = { same: 0, of: 0 };
  const members = [...new Set(others.flatMap((cause) => cause.members))];
  const clean = found.restIsClean && followed.size === 0 ? 1 : 0;
  const wasFixed = inquiry.asItIs !== null && members.every(({ varies }) => varies === "elsewhere");
  const byThem =
    others.length === 0
      ? nothing
      : await count(
          members,
          `only ${inWords(members.map(({ fixed }) => fixed))}`,
          (output) => !followed.has(output),
          clean + (wasFixed ? 1 : 0),
          wasFixed ? times - 1 : times,
        );
  const allFixed =
    followed.size === 0
      ? nothing
      : await count(inquiry.suspects, "everything fixed, once more", (output) => followed.has(output), 0);
  return { ...byThem, still: [...still], allFixed };
}

/** What anything else moves a little too, so that fixing it alone holds nothing still. */
const follows = ({ members }: FoundCause): boolean => members.some(({ followsOthers }) => followsOthers);

/** How often runs in which a cause was fixed were the same. */
export function countFor(cause: FoundCause, confirmation: Confirmation): Pick<Confirmation, "same" | "of"> {
  return follows(cause) ? confirmation.allFixed : confirmation;
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
  confirmation: Confirmation,
): string {
  const { same, of } = countFor(cause, confirmation);
  const others = all.filter((other) => other !== cause && !follows(other));
  const members = [...cause.members, ...others.flatMap((other) => other.members)];
  const fixed = follows(cause)
    ? "with everything fixed"
    : `with only ${inWords(members.map((member) => member.fixed))}`;
  const freed = `with only ${inWords(cause.members.map((member) => member.freed))} they differ`;
  return `${fixed} the runs are identical; ${same} of ${of}; ${freed}`;
}
