/** A thread that digests files: takes a path, gives its sha256 back, null where it cannot be read. */
import { parentPort } from "node:worker_threads";
import { hashOrNull } from "./digests.ts";
import type { HashAnswer } from "./hash-threads.ts";

parentPort?.on("message", (path: string) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ path, digest: hashOrNull(path) } satisfies HashAnswer);
});
