import { namesFor } from "../code-search.ts";
import { seedEdit, type SharedGenerator } from "../seed-lines.ts";
import { defineCodeMend } from "../mend.ts";

/** Seeds the shared generators once, after the imports of the file in which the difference enters. */
export const seedAtTop = defineCodeMend({
  id: "seed-at-top",
  kinds: ["random-seed"],
  summary: "seed the generator after the imports",
  propose({ pieces, piece, place, trace }) {
    const upTo = pieces.slice(0, pieces.indexOf(piece) + 1);
    const seen = new Set(
      trace.generators.filter(({ unseededUse }) => unseededUse).map(({ generator }) => generator),
    );
    const line = piece.text.split("\n")[place.line - 1] ?? "";
    const inLine = (name: string): boolean => new RegExp(`\\b${name}\\b`, "u").test(line);
    const wanted = (["random", "numpy.random", "torch", "tensorflow"] as const).filter(
      (generator: SharedGenerator) =>
        seen.has(generator) || namesFor(upTo, generator.split(".", 1)[0] ?? "").some(inLine),
    );
    const edit = seedEdit(upTo, wanted.length === 0 ? ["numpy.random"] : wanted, 0);
    return edit === null ? [] : [edit];
  },
});
