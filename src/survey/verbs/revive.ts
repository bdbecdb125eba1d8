import { compareOutputs } from "../../compare/index.ts";
import type { Comparison, Run, SurveyEntry } from "../../model/index.ts";
import { projectRoot } from "../../project/listing.ts";
import { reviveProject, type Revival, type RevivedEntry } from "../../revive/index.ts";
import { openStore } from "../../store/index.ts";
import { joinPath } from "../../system/index.ts";
import { entryOf } from "../blank.ts";
import { faultLine, findingLine, isWithoutNetwork } from "../cause-text.ts";
import { countRuns, noEntryCounts } from "../counts.ts";
import { homeTree } from "../home-tree.ts";
import { groupByHome, type Home } from "../homes.ts";
import type { SurveyJob } from "../job.ts";
import { asAsked, type Found } from "./as-asked.ts";
import { commandsAsked, type VerbResult, type VerbRun } from "./verb.ts";

type Progress = (message: string) => void;

/** Brings each home back to life, and says what its entries gave. */
export const reviveVerb: VerbRun = async (job, progress, partly): Promise<VerbResult> => {
  const root = projectRoot(job.directory);
  const homes: readonly (Home | null)[] =
    job.entries === null ? [null] : groupByHome(job.entries, homeTree(root));
  const found: Found[] = [];
  const steps: string[] = [];
  let isStopped = false;
  for (const home of homes) {
    const folder = home?.folder ?? "";
    const told = folder === "" ? progress : (message: string): void => progress(`${folder}: ${message}`);
    const revived = await reviveHome(joinPath(root, folder), home, job, told);
    isStopped ||= revived.isStopped;
    found.push(...revived.found);
    steps.push(...revived.steps.map((step) => (folder === "" ? step : `${folder}: ${step}`)));
    partly(resultOf(found, steps, job.entries));
  }
  return { ...resultOf(found, steps, job.entries), isStopped };
};

interface HomeRevived {
  readonly found: readonly Found[];
  readonly steps: readonly string[];
  readonly isStopped: boolean;
}

async function reviveHome(
  root: string,
  home: Home | null,
  job: SurveyJob,
  progress: Progress,
): Promise<HomeRevived> {
  const { asOf, rounds, allowBuilds, entrySeconds, repeat } = job.options;
  const options = {
    ...(home === null ? {} : { entries: home.entries.map(({ entry }) => entry) }),
    ...(rounds === null ? {} : { rounds }),
    asOf,
    allowBuilds,
    timeoutSeconds: entrySeconds,
    // A survey writes nothing into a project: no spec and no lock is worked out.
    lift: false,
    progress,
  };
  let revival: Revival;
  let again: Revival | null;
  try {
    revival = await reviveProject(root, options);
    again = repeat ? await reviveProject(root, options) : null;
  } catch (error) {
    // One home that stops our work leaves the others. Without the network all would stop.
    if (home === null || home.folder === "" || isWithoutNetwork(error)) throw error;
    const cause = `${home.folder}: ${faultLine(error)}`;
    const entries = commandsAsked(
      [],
      home.entries.map(({ asked }) => asked),
      () => entryOf("", "run"),
    );
    return {
      found: entries.map((entry) => ({
        asked: entry.name,
        entry: { ...entry, ran: false, cause },
        repeats: null,
      })),
      steps: [],
      isStopped: true,
    };
  }
  const counts = await countRuns(
    root,
    revival.entries.map(({ ran, lastRun }) => (ran ? lastRun : null)),
  );
  const found: Found[] = [];
  for (const [index, entry] of revival.entries.entries()) {
    const second = again?.entries.find(({ name }) => name === entry.name) ?? null;
    const differs = second === null ? null : await firstDifference(root, entry, second);
    const asked = home?.entries.find((one) => one.entry === entry.name)?.asked ?? entry.name;
    found.push({
      asked,
      entry: surveyed(asked, seenFromRoot(entry, home), counts[index] ?? noEntryCounts, differs),
      repeats: second === null || !entry.ran || !second.ran ? null : differs === null,
    });
  }
  const steps = revival.steps.map(({ action, reason }) => `${action}${reason === "" ? "" : `: ${reason}`}`);
  return { found, steps, isStopped: false };
}

/** The entry with its cause's place as the project's root sees it. */
function seenFromRoot(entry: RevivedEntry, home: Home | null): RevivedEntry {
  const { cause } = entry;
  if (home === null || home.folder === "" || cause === null || cause.file === null) return entry;
  return { ...entry, cause: { ...cause, file: `${home.folder}/${cause.file}` } };
}

function surveyed(
  name: string,
  entry: RevivedEntry,
  counts: typeof noEntryCounts,
  differs: string | null,
): SurveyEntry {
  const cause = entry.cause === null ? null : findingLine(entry.cause);
  return entryOf(name, entry.kind, {
    ...counts,
    ran: entry.ran,
    seconds: entry.lastRun === null ? null : entry.seconds,
    cause: cause ?? (entry.ran ? differs : "it did not run, and no cause was found"),
    date: entry.date,
    python: entry.python,
  });
}

/** The first place in which two good runs of an entry differ, in words; null where they are the same. */
async function firstDifference(root: string, one: RevivedEntry, other: RevivedEntry): Promise<string | null> {
  if (one.lastRun === null || other.lastRun === null || !one.ran) return null;
  if (!other.ran) return "it ran, and failed when it was run again";
  const comparisons = await compareRuns(root, one.lastRun, other.lastRun);
  const different = comparisons.find(({ verdict }) => verdict === "different");
  const [place] = different?.differences ?? [];
  if (different === undefined) return null;
  return `two runs differ in ${different.output}${place === undefined ? "" : `, ${place.where}: ${place.before} and ${place.after}`}`;
}

async function compareRuns(root: string, one: Run, other: Run): Promise<readonly Comparison[]> {
  const store = openStore(root);
  try {
    return await compareOutputs(one.outputs, other.outputs, {
      command: one.command,
      read: (digest) => store.blobs.read(digest),
      rules: [],
      workPaths: [root],
    });
  } finally {
    store.close();
  }
}

function resultOf(
  found: readonly Found[],
  steps: readonly string[],
  asked: readonly string[] | null,
): VerbResult {
  return { level: levelOf(found), entries: asAsked(found, asked), steps };
}

/**
 * -1 where an entry was run and failed, or gave something else the second time; unknown otherwise. What is run is the
 * project as it was mended, so that even equal runs prove no level of the project as it stands.
 */
export function levelOf(found: readonly Found[]): number | null {
  const isBroken = found.some(
    ({ entry, repeats }) => repeats === false || (entry.ran === false && entry.seconds !== null),
  );
  return isBroken ? -1 : null;
}
