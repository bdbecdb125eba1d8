import { joinPath, writeScratch } from "../system/index.ts";
import { copyTree } from "./copy-tree.ts";
import type { Variables } from "./variables.ts";

/**
 * What the Python hook (pyhook/) does in each Python process of a run. It is one JSON file, which the variable RUNG_HOOK
 * names; PYTHONPATH leads to the hook itself. The hook reads it once at start, in every process that inherits both.
 */
export interface HookSettings {
  /** Record what the run does: see pyhook/EVENTS.md for the lines it writes. */
  readonly record: boolean;
  /** `rung run --seed`: seeds every generator before user code; null leaves them. */
  readonly seed: number | null;
  /** Seeds new Generators too where the code gives them none. */
  readonly forceSeed: boolean;
  /** What diagnosing runs take over from the program; null leaves all as it is. Only these may change results. */
  readonly control: HookControl | null;
  /** Where value probes put into the copy's code report; null where there are none. */
  readonly probe: HookProbe | null;
}

/** Each value is a choice: the same number gives the same behaviour in each run. Null leaves that source alone. */
export interface HookControl {
  /** Seeds the global generators (random, NumPy legacy, torch, TensorFlow) and those made without a seed. */
  readonly random: number | null;
  /** Makes os.urandom, uuid1, uuid4, secrets and SystemRandom draw from a stream of this seed. */
  readonly entropy: number | null;
  /** os.listdir, os.scandir, glob and Path.iterdir: sorted, reversed, or shuffled by a seed. */
  readonly listing: "sorted" | "reversed" | number | null;
  /** time.time and its like start at this Unix time (seconds) and go 1 ms on at each reading. */
  readonly clock: number | null;
  /** perf_counter, monotonic, process_time as user code sees them start at this second and go 1 ms on at each reading. */
  readonly timers: number | null;
  readonly cpuCount: number | null;
  /** Seeds the names that `tempfile` makes up. */
  readonly temporaryNames: number | null;
  readonly processId: number | null;
  /** Seconds between forced changes of thread (sys.setswitchinterval). */
  readonly switchInterval: number | null;
  /** In which order results come that come as they are ready (as_completed, imap_unordered): 0 as given, others shuffled. */
  readonly completion: number | null;
  /** Shifts what the memory allocator gives out by so many pages. */
  readonly addresses: number | null;
  /** The encoding of text files that are opened without one. */
  readonly encoding: string | null;
  /** sys.argv[0] as the program sees it, where it starts by its full path: [what it is, what is shown]. */
  readonly argument0: readonly [string, string] | null;
  /** Variables that are not in os.environ, though libraries and other programs see them. */
  readonly hidden: readonly string[] | null;
  /** Only readings whose nearest frame of the project is one of these places ([file as the code names it, line]). */
  readonly onlySites: readonly (readonly [string, number])[] | null;
  /** All readings but those of these places. */
  readonly exceptSites: readonly (readonly [string, number])[] | null;
}

/** Nothing is taken over. */
export const noControl: HookControl = {
  random: null,
  entropy: null,
  listing: null,
  clock: null,
  timers: null,
  cpuCount: null,
  temporaryNames: null,
  processId: null,
  switchInterval: null,
  completion: null,
  addresses: null,
  encoding: null,
  argument0: null,
  hidden: null,
  onlySites: null,
  exceptSites: null,
};

export interface HookProbe {
  /** Values to give back in the place of what an expression gave: the folder of an earlier run's values (its shared
   *  folder's `hookFiles.values`), of which the run gets a copy. */
  readonly replay: string | null;
  /** The probes whose values are replayed; empty for none. */
  readonly replaySites: readonly number[];
}

/** The hook with more taken over; undefined where there is nothing for it to do. */
export function controlledHook(
  hook: HookSettings | undefined,
  control: Partial<HookControl>,
): HookSettings | undefined {
  const taken = Object.entries(control).filter(([, value]) => value !== null && value !== undefined);
  if (taken.length === 0) return hook;
  const settings = hook ?? { record: false, seed: null, forceSeed: false, control: null, probe: null };
  return {
    ...settings,
    control: { ...noControl, ...settings.control, ...(Object.fromEntries(taken) as Partial<HookControl>) },
  };
}

/** Where the hook lies, and its settings and events, as the command sees them. */
export interface HookPlace {
  readonly hookFolder: string;
  readonly sharedInside: string;
  /** Where the tree is for the command: only code in it counts as the project's. */
  readonly treeInside: string;
}

export const hookFolder = joinPath(import.meta.dirname, "../../pyhook");
export const hookFolderInRoom = "/run/rung-hook";

/** Names in the folder shared with the command. */
export const hookFiles = {
  settings: "hook.json",
  events: "events.jsonl",
  values: "values",
  replay: "replay",
} as const;

/** Writes the hook's settings into the shared folder and gives the variables with which every Python starts it. */
export function installHook(
  settings: HookSettings,
  place: HookPlace,
  shared: string,
  variables: Variables,
): Variables {
  const inside = (name: string): string => joinPath(place.sharedInside, name);
  const { probe } = settings;
  const replay = probe?.replay ?? null;
  if (replay !== null) copyTree(replay, joinPath(shared, hookFiles.replay));
  const text = JSON.stringify({
    ...settings,
    probe: probe === null || replay === null ? probe : { ...probe, replay: inside(hookFiles.replay) },
    events: inside(hookFiles.events),
    values: inside(hookFiles.values),
    tree: place.treeInside,
  });
  writeScratch(joinPath(shared, hookFiles.settings), text);
  const path = [place.hookFolder, variables["PYTHONPATH"] ?? ""].filter(Boolean).join(":");
  return { ...variables, PYTHONPATH: path, RUNG_HOOK: inside(hookFiles.settings) };
}
