import type { Trace } from "../../model/index.ts";

/**
 * Whether two runs of a command may go on at the same time without getting into each other's way: nothing is written
 * outside the tree but in a private folder, nothing listens, and no threads race for the processors.
 */
export function mayRunTogether(trace: Trace | null): boolean {
  if (trace === null || !trace.coverage.complete) return false;
  const shared = trace.files.some(
    ({ written, deleted, area }) => (written || deleted) && area !== "tree" && area !== "temporary",
  );
  return !shared && trace.threads === 0 && trace.hosts.length === 0 && trace.processes.length < 8;
}

/** Does the same thing so many times, two at once where that is allowed. */
export async function inPairs<T>(
  times: number,
  together: boolean,
  work: () => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  while (results.length < times) {
    const count = together ? Math.min(2, times - results.length) : 1;
    results.push(...(await Promise.all(Array.from({ length: count }, work))));
  }
  return results;
}
