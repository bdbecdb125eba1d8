/** A thread of the source reader: takes batches of file contents, gives their facts back as JSON text. */
import { parentPort } from "node:worker_threads";
import { readSource, type SourceKind } from "./read-source.ts";

export interface WorkItem {
  /** Names the content: its kind and digest. */
  readonly key: string;
  readonly kind: SourceKind;
  readonly bytes: Uint8Array;
}

/** `facts` stand in the order of the batch. */
export interface WorkResult {
  readonly facts: readonly string[];
}

parentPort?.on("message", (batch: readonly WorkItem[]) => {
  void answer(batch);
});

async function answer(batch: readonly WorkItem[]): Promise<void> {
  const facts: string[] = [];
  for (const { kind, bytes } of batch) facts.push(JSON.stringify(await readSource(kind, bytes)));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ facts } satisfies WorkResult);
}
