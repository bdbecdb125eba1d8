import { Worker } from "node:worker_threads";

interface Job {
  readonly path: string;
  readonly size: number;
}

export interface HashAnswer {
  readonly path: string;
  readonly digest: string | null;
}

/** Digests files in threads, one file at a time each, the largest first. What is not done by `limitMs` is left out. */
export async function hashInThreads(
  jobs: readonly Job[],
  threads: number,
  limitMs: number,
): Promise<ReadonlyMap<string, string>> {
  const waiting = [...jobs].sort((a, b) => a.size - b.size);
  const hashed = new Map<string, string>();
  const workers = Array.from(
    { length: Math.min(threads, jobs.length) },
    () => new Worker(new URL("./hash-worker.ts", import.meta.url)),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([Promise.all(workers.map((worker) => serve(worker, waiting, hashed))), late]);
  clearTimeout(timer);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return hashed;
}

/** Gives a thread one path after the other. One that dies leaves its file undone. */
function serve(worker: Worker, waiting: Job[], hashed: Map<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const next = (): void => {
      const job = waiting.pop();
      if (job === undefined) return void resolve();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(job.path);
    };
    worker.on("message", ({ path, digest }: HashAnswer) => {
      if (digest !== null) hashed.set(path, digest);
      next();
    });
    worker.on("error", () => {});
    worker.on("exit", () => resolve());
    next();
  });
}
