import { Bounded } from "../bounded.ts";
import type { TraceEvent } from "../event.ts";
import { limits } from "../limits.ts";
import { maskSecrets } from "../mask-secrets.ts";

/** A process as it is being read. Times are nanoseconds of the monotonic clock. */
export interface SeenProcess {
  readonly id: string;
  readonly pid: number;
  parent: string | null;
  executable: string;
  argv: readonly string[];
  cwd: string;
  python: string | null;
  readonly start: number;
  end: number | null;
  exitCode: number | null;
  hook: boolean;
  /** The hook's own word that it ended, after all else that it had to say. */
  closed: boolean;
  /** A notebook's kernel, which has told all of a cell that it ran. */
  toldCells: boolean;
  strace: boolean;
  /** Spawned by its parent, and nothing more was heard of it. */
  silent: boolean;
  layers: readonly string[];
  threads: number;
}

interface Spawn {
  readonly parent: string;
  readonly executable: string;
  readonly argv: readonly string[];
  readonly time: number;
}

/** The processes of a run. A process id that comes again after its process ended is another process. */
export class Processes {
  readonly #all = new Bounded<SeenProcess>(limits.processes);
  /** The process that has a process id now. */
  readonly #current = new Map<number, SeenProcess>();
  readonly #used = new Map<number, number>();
  /** Started by a process, and not heard of yet. */
  readonly #spawned = new Map<string, Spawn[]>();
  #spawnedCount = 0;
  #spawnsDropped = 0;

  /** The process that wrote an event; made where its start was not seen. */
  of(event: TraceEvent): SeenProcess | null {
    return this.at(event.pid) ?? this.#make(event.pid, event.time);
  }

  at(pid: number): SeenProcess | null {
    return this.#current.get(pid) ?? null;
  }

  start(event: TraceEvent): void {
    const before = this.at(event.pid);
    // The same process goes on under another program after an exec; one that ended, or has another parent, is a new one.
    const parent = event.count("pp");
    const parentId = parent === null ? null : (this.at(parent)?.id ?? null);
    const isSame = before !== null && before.end === null && (!before.hook || before.parent === parentId);
    const seen = isSame ? before : this.#make(event.pid, event.time);
    if (seen === null) return;
    seen.parent = parentId;
    seen.hook = true;
    seen.executable = shorten(event.text("x") ?? "");
    seen.argv = wordsOf(event.texts("a"));
    seen.cwd = event.text("c") ?? "";
    seen.python = event.text("v");
    seen.layers = [...new Set([...seen.layers, ...event.texts("l")])];
    // A process that becomes another program announced it as if it started one.
    if (isSame) this.#answered(seen.id, seen);
    else if (parentId !== null) this.#answered(parentId, seen);
  }

  /** A fork, told by the child. */
  fork(event: TraceEvent): SeenProcess | null {
    const pid = event.count("n") ?? event.pid;
    const parentPid = event.count("pp") ?? (pid === event.pid ? null : event.pid);
    const parent = parentPid === null ? null : this.at(parentPid);
    const child = this.#make(pid, event.time);
    if (child === null) return null;
    child.parent = parent?.id ?? null;
    child.hook = true;
    child.executable = parent?.executable ?? "";
    child.argv = parent?.argv ?? [];
    child.cwd = parent?.cwd ?? "";
    child.python = parent?.python ?? null;
    child.layers = parent?.layers ?? [];
    return child;
  }

  end(event: TraceEvent): void {
    const seen = this.of(event);
    if (seen === null) return;
    seen.end = event.time;
    seen.closed = true;
    seen.threads += event.count("th") ?? 0;
  }

  ranCell(event: TraceEvent): void {
    const seen = this.of(event);
    if (seen === null) return;
    seen.toldCells = true;
    seen.threads = event.count("th") ?? 0;
  }

  spawn(event: TraceEvent): void {
    const parent = this.of(event);
    if (parent === null) return;
    if (this.#spawnedCount >= limits.processes) {
      this.#spawnsDropped += 1;
      return;
    }
    this.#spawnedCount += 1;
    const argv = wordsOf(event.texts("a"));
    const one = {
      parent: parent.id,
      executable: shorten(event.text("x") ?? argv[0] ?? ""),
      argv,
      time: event.time,
    };
    const list = this.#spawned.get(parent.id);
    if (list === undefined) this.#spawned.set(parent.id, [one]);
    else list.push(one);
  }

  /** All of them, with those that were spawned and never heard of. Call it once, at the end. */
  finish(): { readonly processes: readonly SeenProcess[]; readonly dropped: number } {
    let number = 0;
    const silent = [...this.#spawned.values()].flat().map((spawn): SeenProcess => {
      number += 1;
      return {
        ...blank(`unseen-${number}`, 0, spawn.time),
        parent: spawn.parent,
        executable: spawn.executable,
        argv: spawn.argv,
        silent: true,
      };
    });
    const processes = [...this.#all.values(), ...silent].sort((a, b) => a.start - b.start);
    const kept = processes.slice(0, limits.processes);
    const dropped = this.#all.dropped + this.#spawnsDropped + processes.length - kept.length;
    return { processes: kept, dropped };
  }

  #make(pid: number, time: number): SeenProcess | null {
    const times = (this.#used.get(pid) ?? 0) + 1;
    const id = times === 1 ? String(pid) : `${pid}#${times}`;
    const made = this.#all.take(id, () => blank(id, pid, time));
    if (made === null) {
      this.#current.delete(pid);
      return null;
    }
    this.#used.set(pid, times);
    this.#current.set(pid, made);
    return made;
  }

  /** The first of the parent's spawns that can be this process is it. */
  #answered(parent: string, seen: SeenProcess): void {
    const spawns = this.#spawned.get(parent) ?? [];
    const last = seen.argv.at(-1);
    const exact = spawns.findIndex(({ argv }) => last !== undefined && argv.at(-1) === last);
    const at = exact >= 0 ? exact : spawns.findIndex(({ executable }) => /python/iu.test(executable));
    if (at >= 0) spawns.splice(at, 1);
    else if (spawns.length > 0) spawns.shift();
  }
}

function blank(id: string, pid: number, start: number): SeenProcess {
  return {
    id,
    pid,
    parent: null,
    executable: "",
    argv: [],
    cwd: "",
    python: null,
    start,
    end: null,
    exitCode: null,
    hook: false,
    closed: false,
    toldCells: false,
    strace: false,
    silent: false,
    layers: [],
    threads: 0,
  };
}

export function wordsOf(words: readonly string[]): readonly string[] {
  return maskSecrets(words.slice(0, limits.words).map(shorten));
}

export function shorten(text: string): string {
  return text.length > limits.wordLength ? `${text.slice(0, limits.wordLength)}...` : text;
}
