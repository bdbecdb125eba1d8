/** The time now, as ISO 8601 in UTC. */
export function now(): string {
  return new Date().toISOString();
}

/** Whole days from one ISO 8601 time to another. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Tells the time of day (milliseconds since the epoch) of a moment of the monotonic clock, which processes share. */
export function monotonicToTime(): (nanoseconds: number) => number {
  const offset = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  return (nanoseconds) => offset + nanoseconds / 1e6;
}
