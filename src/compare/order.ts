/** The names that both lists hold, in the order of each, as texts; null where that order is the same. */
export function differentOrders(
  before: readonly string[],
  after: readonly string[],
): { readonly before: string; readonly after: string } | null {
  const [left, right] = [new Set(before), new Set(after)];
  const one = before.filter((name) => right.has(name));
  const other = after.filter((name) => left.has(name));
  if (one.every((name, index) => name === other[index])) return null;
  return { before: one.join(", "), after: other.join(", ") };
}
