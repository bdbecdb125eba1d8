import { boundFromFailure } from "../../dating/index.ts";
import { defineMend } from "../mend.ts";

/** Where nothing is known of a removal, an older series is worth a try, and no more than a few. */
const mostGuesses = 3;

/** An API that later releases removed or renamed: the last release that has it is taken. */
export const wrongEra = defineMend({
  id: "wrong-era",
  apply({ attempt, failed, prepared }) {
    const bound = boundFromFailure(failed.text, prepared.pins);
    if (bound === null) return null;
    const guesses = attempt.bounds.filter(({ guess }) => guess === true).length;
    if (bound.guess === true && guesses >= mostGuesses) return null;
    const known = attempt.bounds.some(
      ({ distribution, specifier }) => distribution === bound.distribution && specifier === bound.specifier,
    );
    if (known) return null;
    return {
      attempt: { ...attempt, bounds: [...attempt.bounds, bound] },
      action: `take ${bound.distribution === "python" ? "Python" : bound.distribution} ${bound.specifier}`,
      reason: bound.reason,
      location: failed.place,
    };
  },
});
