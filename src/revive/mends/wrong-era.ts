import { boundFromFailure } from "../contracts.ts";
import { defineMend } from "../mend.ts";

/** An API that later releases removed or renamed: the last release that has it is taken. */
export const wrongEra = defineMend({
  id: "wrong-era",
  apply({ attempt, failed, prepared }) {
    const bound = boundFromFailure(failed.text, prepared.pins);
    if (bound === null) return null;
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
