/** The seed of all random inputs: each run compares the same. */
export const seed = 20_240_607;

/** Each combination of one of each; `step` leaves out all but every so many. */
export function combined(step: number, ...lists: readonly (readonly string[])[]): readonly string[] {
  const all = lists.reduce<readonly string[]>(
    (texts, list) => texts.flatMap((text) => list.map((more) => text + more)),
    [""],
  );
  return all.filter((_, index) => index % step === 0);
}
