import type { Node } from "web-tree-sitter";
import { addArgument, argumentsOf, calledName, calleeOf, callsAt, insert, namesFor } from "../code-search.ts";
import { defineCodeMend, type CodeEdit, type CodePiece, type MendSubject } from "../mend.ts";

const takesSeed = /^(?:default_rng|Random|RandomState|PCG64|Philox|MT19937|SFC64|SeedSequence)$/u;

/** 0 as the argument of a call that has none, or None. */
function withSeed(piece: CodePiece, call: Node): CodeEdit | null {
  const [none] = argumentsOf(call).positional;
  if (none === undefined) return addArgument(piece, call, "0");
  return { piece, start: none.startIndex, end: none.endIndex, text: "0" };
}

/** `seed()` takes a seed from the system: here it gets one, of torch by the name that it has there. */
function seeded({ pieces, piece }: MendSubject, call: Node): CodeEdit | null {
  const callee = calleeOf(call);
  const name = callee?.childForFieldName("attribute") ?? null;
  const of = callee?.childForFieldName("object")?.text ?? "";
  const isTorch = namesFor(pieces, "torch").length > 0 && !/\brandom$/u.test(of);
  return name !== null && isTorch
    ? { piece, start: name.startIndex, end: call.endIndex, text: "manual_seed(0)" }
    : withSeed(piece, call);
}

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
      if (calledName(call) === "seed") return [seeded(subject, call)].filter((edit) => edit !== null);
      if (takesSeed.test(calledName(call))) {
        return [withSeed(subject.piece, call)].filter((edit) => edit !== null);
      }
      return calledName(call) === "Generator"
        ? [insert(subject.piece, call.endIndex, ".manual_seed(0)")]
        : [];
    });
  },
});
