import { pinsAgainstPython } from "../dating/index.ts";
import { indexSettings } from "../environments/index.ts";
import type { Finding, Ladder } from "../model/index.ts";
import { learnPinned } from "../inference/index.ts";
import { checkOnline } from "../lock/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { now } from "../system/index.ts";
import { judge } from "./judge.ts";
import { levels } from "./levels.ts";
import { directRequirements } from "./spec-files.ts";
import { rememberLadder } from "./status.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface CheckOptions {
  /** Ask the index whether each locked artifact is still served, and whether each pin serves the Python that is named. */
  readonly online: boolean;
  readonly progress: (message: string) => void;
}

/** What each level requires and what is missing: reads files only, runs nothing of the project. */
export async function checkProject(directory: string, options: CheckOptions): Promise<Ladder> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    if (options.online) await learnPinned(subject, subject.project.commands, options.progress);
    const ladder = judge(levels, subject, store, now());
    // With stale proofs the ladder as last proved stays in memory: should the change be undone, that one holds again.
    if (ladder.rungs.every((rung) => rung.stale === null)) rememberLadder(store, ladder, subject);
    if (!options.online) return ladder;
    const pins = withFindings(ladder, 1, await pinFindings(subject));
    return withFindings(pins, 3, await servedFindings(subject, options));
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

/** Direct pins that do not serve the Python which the project names. */
async function pinFindings({ project }: Subject): Promise<readonly Finding[]> {
  const python = /\d+\.\d+(?:\.\d+)?/u.exec(project.python?.specifier ?? "")?.[0];
  const named = project.python?.location ?? null;
  // A range leaves a choice of Pythons; only a Python that is named outright can be held against a pin.
  if (python === undefined || !/^\s*={2,3}/u.test(project.python?.specifier ?? "")) return [];
  const direct = directRequirements(project).map(({ raw, location }) => ({ text: raw, location }));
  return pinsAgainstPython(direct, python, named);
}

/** The ladder with what the index says of a level: it is unmet where that is an error. */
function withFindings(ladder: Ladder, level: number, findings: readonly Finding[]): Ladder {
  const fails = findings.some((finding) => finding.severity === "error");
  const rungs = ladder.rungs.map((rung) =>
    rung.level === level
      ? {
          ...rung,
          findings: [...rung.findings, ...findings],
          verdict: fails ? ("unmet" as const) : rung.verdict,
        }
      : rung,
  );
  const reached = ladder.level !== null && fails && ladder.level >= level ? level - 1 : ladder.level;
  return { ...ladder, rungs, level: reached };
}
