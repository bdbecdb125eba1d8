import os from "node:os";
import { learnPinned } from "../inference/index.ts";
import { makeFinding, type Evidence, type Ladder, type Proof } from "../model/index.ts";
import { listProject, projectRoot } from "../project/listing.ts";
import { openStore, type Store } from "../store/index.ts";
import { now, sha256, temporaryDirectory } from "../system/index.ts";
import { judgeNow } from "./check.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import type { Level, Pass, ProofBody } from "./define.ts";
import { changedInputs, inputsDigest, inputsOf, inputsText } from "./inputs.ts";
import { levels } from "./levels.ts";
import { referenceName } from "./reference.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface ProveOptions {
  /** The highest level to prove; the project's own target where null. */
  readonly upTo: number | null;
  /** The lowest level to prove, where those below were proved in the same pass; 0 where left out. */
  readonly from?: number;
  /** Runs per command at level 0; the project's own setting where null. */
  readonly repeats: number | null;
  /** Somebody else's image (a path, or a name in a registry): levels 0 and 5 alone are proved, the latter of it. */
  readonly image?: string;
  readonly progress: (message: string) => void;
  /** Called as soon as a level has its verdict. */
  readonly onProof?: (proof: Proof) => void;
}

/** Runs the proofs from level 0 upward until one is not met, and gives the ladder that results. */
export async function proveProject(directory: string, options: ProveOptions): Promise<Ladder> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    using work = temporaryDirectory("prove");
    await proveLevels(subject, newPass(subject, store, work.path, options), withLevel(subject, options));
    return judgeNow(await readSubject(directory, store), store);
  } finally {
    store.close();
  }
}

/** The options with a level: the one that the owner wants where none is named. */
export function withLevel<Options extends ProveOptions>(
  { project }: Subject,
  options: Options,
): Options & { readonly upTo: number } {
  const highest = levels.at(-1)?.order ?? 0;
  return { ...options, upTo: options.upTo ?? Math.min(project.config.target, highest) };
}

export function newPass(
  subject: Subject,
  store: Store,
  workDirectory: string,
  options: ProveOptions,
  resultsReplaced = 0,
): Pass {
  return {
    store,
    progress: options.progress,
    repeats: options.repeats ?? subject.project.config.repeats,
    workDirectory,
    reference: new Map(),
    environment: null,
    referenceDigest: "",
    resultsReplaced,
    image: options.image ?? null,
    made: [],
  };
}

/** Proves level by level and saves each proof as it is made. Returns the last one. */
export async function proveLevels(
  subject: Subject,
  pass: Pass,
  options: ProveOptions & { readonly upTo: number },
): Promise<Proof | null> {
  let last: Proof | null = null;
  for (const level of levels.filter(({ order }) => isAsked(order, options))) {
    pass.progress(`level ${level.order}: ${level.title}`);
    // What level 0 installed is known by now; of what else is pinned the index tells.
    if (level.order === 1) await learnPinned(subject, subject.project.commands, pass.progress);
    const absent =
      level.order === 0 || options.image !== undefined
        ? []
        : level.requires(subject).filter((check) => check.evidence.status === "missing");
    if (absent.length > 0) break;
    const body = unlessChanged(subject, pass, await level.prove(subject, pass));
    if (level.order === 0) pass.referenceDigest = await referenceName(subject, pass);
    last = dated(level, subject, pass, body);
    pass.store.saveProof(last);
    options.onProof?.(last);
    if (last.verdict !== "met") break;
  }
  return last;
}

function isAsked(order: number, options: ProveOptions & { readonly upTo: number }): boolean {
  if (options.image !== undefined) return order === 0 || order === 5;
  return order <= options.upTo && order >= (options.from ?? 0);
}

/** What ran is a copy made while it ran: where the tree is no longer what was read, nobody knows which state it was. */
function unlessChanged(subject: Subject, { store }: Pass, body: ProofBody): ProofBody {
  const { root } = subject.project;
  const { entries } = listProject(root);
  const changed = changedInputs(subject.tree, inputsOf(entries, store.digests(root, entries)));
  const [file] = changed;
  if (file === undefined) return body;
  const finding = makeFinding("changed-while-proved", "error", `${file} changed while the level was proved`, {
    file,
    why: "The proof would speak of one state of the tree, and its runs of another.",
    fix: "Leave the tree alone until the proof is done, then prove again.",
  });
  const evidence: Evidence = { id: finding.rule, status: "missing", summary: finding.message };
  return {
    ...body,
    verdict: "unknown",
    evidence: [...body.evidence, evidence],
    findings: [...body.findings, finding],
  };
}

function dated(
  level: Level,
  subject: Subject,
  { store, resultsReplaced, referenceDigest }: Pass,
  body: ProofBody,
): Proof {
  const inputs = level.order === 0 ? subject.tree : subject.archive;
  const { git } = subject.project;
  return {
    schemaVersion: 1,
    level: level.order,
    ...body,
    resultsReplaced,
    referenceDigest,
    provedAt: now(),
    inputsDigest: inputsDigest(inputs),
    inputsBlob: store.blobs.put(inputsText(inputs)),
    lockDigest: subject.lock === null ? null : sha256(subject.lock.text),
    commit: git?.head ?? null,
    notInCommit: git === null ? [] : [...git.modified, ...git.untracked],
    platform: `${os.platform()}-${os.arch()} ${os.release()}`,
  };
}
