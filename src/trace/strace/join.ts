import type { SeenProcess } from "../fold/processes.ts";
import type { StraceProcess } from "./strace-processes.ts";

/**
 * Processes of the hook and of strace as one list: the same process is the one of the same id at the same time (an id may
 * come again). Gives each of strace's its id, and the hook's what strace alone knows: parent, end and exit code.
 */
export function joinProcesses(
  hooked: readonly SeenProcess[],
  straced: readonly StraceProcess[],
): readonly SeenProcess[] {
  const offset = clockOffset(hooked, straced);
  const byPid = Map.groupBy(hooked, ({ pid }) => pid);
  const taken = new Set<SeenProcess>();
  const used = new Set(hooked.map(({ id }) => id));
  const made: SeenProcess[] = [];
  for (const process of straced) {
    const from = process.start + offset;
    const until = process.end === null ? Infinity : process.end + offset + slackNs;
    const same = (byPid.get(process.pid) ?? []).find(
      (one) => !taken.has(one) && one.start >= from - slackNs && one.start <= until,
    );
    if (same !== undefined) {
      taken.add(same);
      process.id = same.id;
      same.strace = true;
      same.exitCode = process.exitCode;
      same.end ??= process.end === null ? null : process.end + offset;
      continue;
    }
    process.id = freeId(process.pid, used);
    used.add(process.id);
    made.push(seenOf(process, offset));
  }
  const idOf = new Map(straced.map((process) => [process.id, process]));
  const all = [...hooked.filter(({ silent }) => !silent || straced.length === 0), ...made];
  for (const one of all) one.parent ??= idOf.get(one.id)?.parent?.id ?? null;
  return all.sort((a, b) => a.start - b.start);
}

const slackNs = 20e6;

/** What to add to strace's clock (since the epoch) for the hook's (monotonic). A hook starts right after its process did. */
function clockOffset(hooked: readonly SeenProcess[], straced: readonly StraceProcess[]): number {
  const once = new Map(
    [...Map.groupBy(straced, ({ pid }) => pid)].flatMap(([pid, [one, more]]) =>
      one === undefined || more !== undefined ? [] : [[pid, one.start] as const],
    ),
  );
  let offset = Infinity;
  for (const { pid, start, hook } of hooked) {
    const began = once.get(pid);
    if (hook && began !== undefined) offset = Math.min(offset, start - began);
  }
  return Number.isFinite(offset) ? offset : (hooked[0]?.start ?? 0) - (straced[0]?.start ?? 0);
}

function freeId(pid: number, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? String(pid) : `${pid}#${number}`;
    if (!used.has(id)) return id;
  }
}

function seenOf(process: StraceProcess, offset: number): SeenProcess {
  return {
    id: process.id,
    pid: process.pid,
    parent: null,
    executable: process.executable,
    argv: process.argv,
    cwd: process.cwd ?? "",
    python: null,
    start: process.start + offset,
    end: process.end === null ? null : process.end + offset,
    exitCode: process.exitCode,
    hook: false,
    closed: false,
    toldCells: false,
    strace: true,
    silent: false,
    layers: [],
    threads: 0,
  };
}
