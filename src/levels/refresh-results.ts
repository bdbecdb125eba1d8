import type { Change, Run } from "../model/index.ts";
import type { Store } from "../store/index.ts";
import { copyFileAtomic, exists, fileSize, joinPath, readBytes } from "../system/index.ts";
import { committedVerdict } from "./committed.ts";
import type { Subject } from "./subject.ts";

/** A committed result that the reference run gives otherwise, with the blob that would replace it. */
export interface ResultChange extends Change {
  readonly digest: string;
}

const largestShown = 1 << 20;

/** The committed results (tracked files, notebooks with stored outputs) that differ from what the reference runs gave. */
export async function staleResults(
  subject: Subject,
  runs: readonly Run[],
  store: Store,
): Promise<readonly ResultChange[]> {
  const committed = await committedVerdict(subject, runs, store);
  const stale = new Set(
    committed.comparisons.filter((item) => item.verdict === "different").map((item) => fileOf(item.output)),
  );
  const changes = new Map<string, ResultChange>();
  for (const output of runs.flatMap((run) => run.outputs)) {
    if (!stale.has(output.path) || output.digest === null || output.symlink) continue;
    const file = joinPath(subject.project.root, output.path);
    changes.set(output.path, {
      path: output.path,
      before: shown(file),
      after: shown(store.blobs.path(output.digest)),
      why: "what the run gives, in place of the committed result",
      digest: output.digest,
    });
  }
  return [...changes.values()];
}

/** Puts the runs' results in place of the committed ones. */
export function replaceResults(root: string, changes: readonly ResultChange[], store: Store): void {
  for (const { digest, path } of changes) copyFileAtomic(store.blobs.path(digest), joinPath(root, path));
}

/** The file of a comparison's output: cells are told as "notebook PATH cell N". */
function fileOf(output: string): string {
  return /^notebook (.+?)(?: cell \d+)?$/u.exec(output)?.[1] ?? output;
}

/** The content for a diff; what is no text, or too long, as its size. */
function shown(file: string): string {
  if (!exists(file)) return "";
  const size = fileSize(file) ?? 0;
  const bytes = size > largestShown ? null : readBytes(file);
  return bytes === null || bytes.includes(0) ? `(${size} bytes)\n` : bytes.toString("utf8");
}
