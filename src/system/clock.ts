/** The time now, as ISO 8601 in UTC. */
export function now(): string {
  return new Date().toISOString();
}

/** Whole days from one ISO 8601 time to another. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
