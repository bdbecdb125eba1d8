import type { Store } from "../../store/index.ts";
import {
  exists,
  isAlive,
  joinPath,
  listNames,
  monotonicToTime,
  openRead,
  removeTree,
} from "../../system/index.ts";
import type { LogEntry, LogHead } from "./entry.ts";
import { logFolder } from "./keep-log.ts";
import { parseSpokenLine, spokenEntries } from "./spoken-lines.ts";

/** A run that goes on now. */
export interface LiveRun {
  readonly head: LogHead;
  readonly file: string;
  readonly pid: number;
}

/** Removes what runs left that no longer go on and never came to keep their log: Rung was killed outright. */
export function removeDeadLive(store: Pick<Store, "directory">): void {
  for (const { file, pid } of liveRuns(store)) if (!isAlive(pid)) removeTree(file);
}

function liveRuns(store: Pick<Store, "directory">): readonly LiveRun[] {
  const folder = logFolder(store);
  return listNames(folder)
    .filter((name) => name.endsWith(".live.jsonl"))
    .flatMap((name) => readHead(joinPath(folder, name)) ?? []);
}

/** The newest run that goes on and whose command or id `which` names; null where none does. */
export function liveRun(store: Pick<Store, "directory">, which: string): LiveRun | null {
  const live = liveRuns(store)
    .filter(({ head, pid }) => isAlive(pid) && (head.command === which || head.run.startsWith(which)))
    .toSorted((a, b) => (a.head.startedAt < b.head.startedAt ? 1 : -1));
  return live[0] ?? null;
}

function readHead(file: string): LiveRun | null {
  try {
    using reader = openRead(file);
    const bytes = Buffer.alloc(64 * 1024);
    const [line = ""] = bytes.toString("utf8", 0, reader.read(bytes)).split("\n");
    const { head, pid } = JSON.parse(line) as { readonly head: LogHead; readonly pid: number };
    return { head, pid, file };
  } catch {
    return null;
  }
}

const pauseMs = 100;

/** Gives each entry of a run as it comes, until the run ends. */
export async function followRun({ file, pid }: LiveRun, onEntry: (entry: LogEntry) => void): Promise<void> {
  const entryOf = spokenEntries(monotonicToTime());
  using reader = openRead(file);
  const bytes = Buffer.alloc(1 << 20);
  let rest = "";
  for (let ended = false; ;) {
    const count = reader.read(bytes);
    if (count === 0 && ended) return;
    // Its lines are ASCII: no character is cut in two.
    const lines = (rest + bytes.toString("latin1", 0, count)).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const line = parseSpokenLine(text);
      if (line !== null) onEntry(entryOf(line));
    }
    if (count > 0) continue;
    ended = !exists(file) || !isAlive(pid);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
