import { addArgument, argumentsOf, calledName, callsAt, insert } from "../code-search.ts";
import { defineCodeMend } from "../mend.ts";

const takesSeed = /^(?:default_rng|Random|RandomState|PCG64|Philox|MT19937|SFC64|SeedSequence)$/u;

/** A generator made without a seed, where it is made. */
export const seededGenerator = defineCodeMend({
  id: "seeded-generator",
  kinds: ["random-seed"],
  summary: "make the generator with a seed",
  propose(subject) {
    return callsAt(subject).flatMap((call) => {
      const { positional, keywords } = argumentsOf(call);
      const isBare = keywords.size === 0 && (positional.length === 0 || positional[0]?.type === "none");
      if (!isBare) return [];
      if (takesSeed.test(calledName(call))) {
        const [none] = positional;
        if (none !== undefined)
          return [{ piece: subject.piece, start: none.startIndex, end: none.endIndex, text: "0" }];
        return [addArgument(subject.piece, call, "0")].filter((edit) => edit !== null);
      }
      return calledName(call) === "Generator"
        ? [insert(subject.piece, call.endIndex, ".manual_seed(0)")]
        : [];
    });
  },
});
