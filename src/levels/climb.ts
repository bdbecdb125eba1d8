import { learnPinned } from "../inference/index.ts";
import { lockPlatforms } from "../lock/index.ts";
import type { Change, Ladder, Proof } from "../model/index.ts";
import { projectRoot, stageFiles, writeChanges } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { judgeNow } from "./check.ts";
import { archiveSubject, type ProjectArchive } from "./handover.ts";
import type { MadeArtifact, Pass } from "./define.ts";
import { levels } from "./levels.ts";
import { liftUnseeded } from "./lifts/unseeded.ts";
import { newPass, proveLevels, withLevel, type ProveOptions } from "./prove.ts";
import { replaceResults, staleResults } from "./refresh-results.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface ClimbOptions extends ProveOptions {
  /** Shows a level's changes and asks; false leaves them unmade and ends the climb. */
  readonly accept: (level: number, changes: readonly Change[]) => Promise<boolean>;
  readonly dryRun: boolean;
  /** Commit the changed files, rather than only stage them. */
  readonly commit: boolean;
  /** Names of platforms to lock for; every one where empty. */
  readonly platforms: readonly string[];
  /** Offer the runs' results in place of committed ones that differ; without it these are never touched. */
  readonly refreshResults: boolean;
}

export interface Climb {
  readonly ladder: Ladder;
  readonly changed: readonly string[];
  /** What the owner must do by hand. */
  readonly left: readonly string[];
  /** What others get, from level 1 up; null where the project is not there. */
  readonly archive: ProjectArchive | null;
  /** The pack and the image that were proved, from levels 4 and 5 up. */
  readonly made: readonly MadeArtifact[];
}

/** Lifts a project level by level, each change accepted before it is made, and proves the result from the ground up. */
export async function climbProject(directory: string, asked: ClimbOptions): Promise<Climb> {
  const root = projectRoot(directory);
  const store = openStore(root);
  try {
    using work = temporaryDirectory("climb");
    let subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    const options = withLevel(subject, asked);
    const platforms = lockPlatforms(options.platforms);
    let pass = newPass(subject, store, work.path, options);
    const changed = new Set<string>();
    const left: string[] = [];
    const { commands } = subject.project;
    let refused = false;
    let ground = await proveLevels(subject, pass, { ...options, upTo: 0 });
    const seeds = await liftUnseeded(subject, ground, pass);
    if (seeds.length > 0 && (await options.accept(0, seeds)) && !options.dryRun) {
      const seeded = newPass(subject, store, work.path, options);
      const proof = await proveSeeded(root, seeds, seeded, options);
      if (proof?.verdict === "met") {
        for (const { path } of seeds) changed.add(path);
        [pass, ground] = [seeded, proof];
        subject = await readSubject(directory, store);
      } else {
        left.push(...seeds.map(({ path }) => noHelp(path)));
        // It is of the tree as it is again.
        if (ground !== null) store.saveProof(ground);
      }
      if (subject.project.git !== null && changed.size > 0) await stageFiles(root, [...changed], null);
    }
    if (!canBeLifted(ground))
      return { ladder: judgeNow(subject, store), changed: [...changed], left, archive: null, made: [] };
    await learnPinned(subject, commands, options.progress);
    for (const level of levels.filter(({ order }) => order <= options.upTo)) {
      const { environment } = pass;
      const lift = await level.lift({
        subject,
        commands,
        progress: options.progress,
        environment,
        platforms,
      });
      left.push(...lift.left);
      if (lift.changes.length === 0) continue;
      refused = !(await options.accept(level.order, lift.changes));
      if (refused) break;
      if (options.dryRun) continue;
      for (const path of writeChanges(root, lift.changes)) changed.add(path);
      if (subject.project.git !== null) await stageFiles(root, [...changed], null);
      subject = await readSubject(directory, store);
    }
    if (!options.dryRun) {
      const replaced = options.refreshResults
        ? await refresh(subject, newPass(subject, store, work.path, options), options)
        : [];
      for (const path of replaced) changed.add(path);
      if (subject.project.git !== null && changed.size > 0) {
        const message = options.commit ? `Make the project reproducible (level ${options.upTo})` : null;
        await stageFiles(root, [...changed], message);
      }
      if (changed.size > 0) {
        subject = await readSubject(directory, store);
        pass = newPass(subject, store, work.path, options, replaced.length);
        await proveLevels(subject, pass, options);
      } else if (!refused && ground?.verdict === "met") {
        // Nothing was lifted: the reference runs that this climb began with still hold.
        await proveLevels(subject, pass, { ...options, from: 1 });
      }
    }
    subject = await readSubject(directory, store);
    const ladder = judgeNow(subject, store);
    const isHandedOver = !options.dryRun && options.upTo > 0 && (ladder.level ?? 0) > 0;
    const archive = isHandedOver
      ? await archiveSubject(subject, store, { format: "zip", output: null })
      : null;
    return { ladder, changed: [...changed], left, archive, made: pass.made };
  } finally {
    store.close();
  }
}

/** Makes these changes and proves level 0 with them; where it is not met then, they are taken back. */
async function proveSeeded(
  root: string,
  seeds: readonly Change[],
  pass: Pass,
  options: ClimbOptions,
): Promise<Proof | null> {
  writeChanges(root, seeds);
  const proof = await proveLevels(await readSubject(root, pass.store), pass, { ...options, upTo: 0 });
  if (proof?.verdict === "met") return proof;
  writeChanges(
    root,
    seeds.map((change) => ({ ...change, before: change.after, after: change.before ?? "" })),
  );
  return proof;
}

const noHelp = (path: string): string =>
  `runs still differ with seeds in ${path}, which were taken out again: rung why looks for what makes them differ`;

/** Replaces committed results that the runs give otherwise, where these runs agree and the owner accepts. */
async function refresh(subject: Subject, pass: Pass, options: ClimbOptions): Promise<readonly string[]> {
  const ground = await proveLevels(subject, pass, { ...options, upTo: 0 });
  if (ground?.verdict !== "met") return [];
  const changes = await staleResults(subject, [...pass.reference.values()], pass.store);
  if (changes.length === 0 || !(await options.accept(0, changes))) return [];
  replaceResults(subject.project.root, changes, pass.store);
  return changes.map(({ path }) => path);
}

/**
 * Whether lifts can help: where level 0 is met, where only modules are missing (a lift declares them), and where a
 * notebook's cells may be put in order. Any other failure is for the owner to mend first.
 */
function canBeLifted(ground: Proof | null): boolean {
  if (ground === null) return false;
  const mendable = new Set(["missing-module", "undefined-name"]);
  const failures = ground.findings.filter((finding) => finding.severity === "error");
  return (
    ground.verdict === "met" ||
    (failures.length > 0 && failures.every((finding) => mendable.has(finding.rule)))
  );
}
