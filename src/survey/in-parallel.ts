/** Does `work` for each item, at most `limit` at a time and begun in order; gives the answers in the items' order. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers = new Map<number, Answer>();
  const left = items.entries();
  const worker = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item that nobody has begun.
    for (const [index, item] of left) answers.set(index, await work(item, index));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker));
  return items.flatMap((_, index) => answers.get(index) ?? []);
}
