const actions = new Set<() => Promise<void>>();

/** Has `action` done when Rung is interrupted, after all processes were ended, until what this gives is disposed of. */
export function onInterruption(action: () => Promise<void>): Disposable {
  actions.add(action);
  return { [Symbol.dispose]: () => void actions.delete(action) };
}

/** For the entry point, when it is interrupted. What one action fails at keeps no other from being done. */
export async function settleInterruption(): Promise<void> {
  await Promise.allSettled(Array.from(actions, (action) => action()));
}
