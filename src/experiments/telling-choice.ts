import { freeing, isComparable } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import { vectorOf, type Vector } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

/** What is drawn anew each time, as far as it was not seen left alone. */
export const drawnOf = (suspects: readonly Suspect[]): readonly Suspect[] =>
  suspects.filter((suspect) => suspect.drawn && suspect.touched !== false);

/**
 * The choice to begin at: where the second run's draws gave the same as those of the run with everything fixed, the next ones
 * that do not. Few outcomes are often the same by chance, and all suspects would be tried at draws that tell nothing.
 */
export async function tellingChoice({
  series,
  suspects,
  reference,
}: Pick<Inquiry, "series" | "suspects" | "reference">): Promise<number> {
  const drawn = drawnOf(suspects);
  const isAlike = async (vector: Vector): Promise<boolean> => {
    const made = await series.under(vector, freeing(drawn));
    return isComparable(made) && (await series.differences(reference, made.run)).length === 0;
  };
  const second = vectorOf(drawn, drawn, 1);
  if (drawn.length === 0 || !series.knows(second) || !(await isAlike(second))) return 1;
  for (const choice of [2, 3]) if (!(await isAlike(vectorOf(suspects, drawn, choice)))) return choice;
  return 1;
}
