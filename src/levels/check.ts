import { indexSettings } from "../environments/index.ts";
import type { Finding, Ladder } from "../model/index.ts";
import { checkOnline } from "../lock/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { now } from "../system/index.ts";
import { judge } from "./judge.ts";
import { levels } from "./levels.ts";
import { rememberLadder } from "./status.ts";
import { directRequirements } from "./spec-files.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface CheckOptions {
  /** Ask the index whether each locked artifact is still served. */
  readonly online: boolean;
  readonly progress: (message: string) => void;
}

/** What each level requires and what is missing: reads files only, runs nothing of the project. */
export async function checkProject(directory: string, options: CheckOptions): Promise<Ladder> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    const ladder = judge(levels, subject, store, now());
    // With stale proofs the ladder as last proved stays in memory: should the change be undone, that one holds again.
    if (ladder.rungs.every((rung) => rung.stale === null)) rememberLadder(store, ladder, subject);
    return options.online ? withServed(ladder, await servedFindings(subject, options)) : ladder;
  } finally {
    store.close();
  }
}

/** Judges what was proved, and remembers the ladder for `status`. */
export function judgeNow(subject: Subject, store: Store): Ladder {
  const ladder = judge(levels, subject, store, now());
  rememberLadder(store, ladder, subject);
  return ladder;
}

async function servedFindings(subject: Subject, options: CheckOptions): Promise<readonly Finding[]> {
  const { lock, project } = subject;
  if (lock === null) return [];
  const declared = directRequirements(project);
  return checkOnline(lock.text, indexSettings().indexUrl, options.progress, lock.path, declared);
}

/** Level 3 is unmet where a locked artifact is gone. */
function withServed(ladder: Ladder, findings: readonly Finding[]): Ladder {
  const gone = findings.some((finding) => finding.severity === "error");
  const rungs = ladder.rungs.map((rung) =>
    rung.level === 3
      ? {
          ...rung,
          findings: [...rung.findings, ...findings],
          verdict: gone ? ("unmet" as const) : rung.verdict,
        }
      : rung,
  );
  return { ...ladder, rungs, level: gone && ladder.level === 3 ? 2 : ladder.level };
}
