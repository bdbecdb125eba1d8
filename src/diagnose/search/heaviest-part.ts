interface Weighed {
  readonly weight: number;
}

/**
 * The first few of a list in order of weight that hold about half of its weight: at least one, never all of two or more.
 * To ask about that part tells most.
 */
export function heaviestPart<T extends Weighed>(ordered: readonly T[]): readonly T[] {
  const whole = ordered.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  let count = 0;
  for (const { weight } of ordered.slice(0, -1)) {
    // Stops where one more would take it further from the half than it is.
    if (count > 0 && Math.abs(whole / 2 - sum) <= Math.abs(whole / 2 - (sum + weight))) break;
    sum += weight;
    count += 1;
  }
  return ordered.slice(0, Math.max(count, 1));
}
