/** Ends a connection on which nothing moves any more: its signal aborts so long after the last sign of life. */
export function idleWatch(idleMs: number): { readonly signal: AbortSignal; alive(): void; stop(): void } {
  const controller = new AbortController();
  const seconds = Math.round(idleMs / 1000);
  const timer = setTimeout(
    () => controller.abort(new Error(`TIMEOUT: no byte for ${seconds} seconds`)),
    idleMs,
  );
  return {
    signal: controller.signal,
    alive: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
