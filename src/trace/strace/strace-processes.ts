import { limits } from "../limits.ts";

/** A process as strace saw it. Times are nanoseconds since the epoch. `id` is given when it is joined with the hook's. */
export interface StraceProcess {
  id: string;
  readonly pid: number;
  parent: StraceProcess | null;
  /** A thread is its process's. */
  owner: StraceProcess | null;
  executable: string;
  argv: readonly string[];
  cwd: string | null;
  readonly start: number;
  end: number | null;
  exitCode: number | null;
}

/** The processes and threads of a run by what strace wrote of them, in the order in which they were first seen. */
export class StraceProcesses {
  readonly #current = new Map<number, StraceProcess>();
  readonly #all: StraceProcess[] = [];
  dropped = 0;

  /** The process of an id at this moment; made where it is new. Null beyond the bound. */
  at(pid: number, time: number): StraceProcess | null {
    const known = this.#current.get(pid);
    if (known !== undefined && known.end === null) return known;
    if (this.#all.length >= limits.processes) {
      this.#current.delete(pid);
      this.dropped += 1;
      return null;
    }
    const made: StraceProcess = {
      id: "",
      pid,
      parent: null,
      owner: null,
      executable: "",
      argv: [],
      cwd: null,
      start: time,
      end: null,
      exitCode: null,
    };
    this.#all.push(made);
    this.#current.set(pid, made);
    return made;
  }

  /** A child that its parent's call gave; the child may have been heard of before. */
  born(parent: StraceProcess, pid: number, isThread: boolean, time: number): void {
    const child = this.at(pid, time);
    if (child === null || child === parent || ownerOf(parent) === child) return;
    if (isThread) {
      child.owner = ownerOf(parent);
      return;
    }
    child.parent ??= ownerOf(parent);
    child.cwd ??= ownerOf(parent).cwd;
    if (child.executable === "") {
      child.executable = ownerOf(parent).executable;
      child.argv = ownerOf(parent).argv;
    }
  }

  /** Threads left out. */
  all(): readonly StraceProcess[] {
    return this.#all.filter(({ owner }) => owner === null);
  }
}

/** The process that a thread belongs to. */
export function ownerOf(process: StraceProcess): StraceProcess {
  let owner = process;
  for (let depth = 0; owner.owner !== null && depth < 100; depth += 1) owner = owner.owner;
  return owner;
}
