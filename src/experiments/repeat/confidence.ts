/** What runs that all gave the same let one say of further runs, as long as nothing around them changes. */
export interface Confidence {
  /** The share of such statements that hold: 0.95. */
  readonly level: number;
  /** Later runs that were compared with the first. */
  readonly compared: number;
  /** At most this share of further runs differs from the first. */
  readonly bound: number;
  /** In plain words, with where the number comes from. */
  readonly text: string;
}

const level = 0.95;

/**
 * How sure `compared` later runs, all equal to the first, make: the exact one-sided upper bound of Clopper and Pearson
 * (Biometrika 26, 1934) on the chance that a run differs from the first, for 0 of `compared`: 1 - (1 - level)^(1/compared).
 * Near 3/compared, the "rule of three". It holds for runs that know nothing of each other. Null where nothing was compared.
 */
export function confidenceOf(compared: number): Confidence | null {
  if (compared < 1) return null;
  const bound = 1 - (1 - level) ** (1 / compared);
  const percent = bound >= 0.1 ? (bound * 100).toFixed(0) : (bound * 100).toFixed(1);
  const equal = compared === 1 ? "1 later run was equal" : `${compared} of ${compared} later runs were equal`;
  return {
    level,
    compared,
    bound,
    text: `${equal} to the first: with 95 % confidence at most ${percent} % of further runs here would differ from it (Clopper-Pearson, 1 - 0.05^(1/${compared}))`,
  };
}
