import type { TraceEvent } from "../event.ts";
import { limits } from "../limits.ts";
import { shorten } from "./processes.ts";

/** A process whose id may be known only at the end. */
export interface ProcessReference {
  readonly id: string;
}

/** A path as the command saw it, and what the command did with it. */
export interface SeenFile {
  readonly seen: string;
  read: boolean;
  written: boolean;
  listed: boolean;
  deleted: boolean;
  readonly processes: ProcessReference[];
  at: TraceEvent["at"];
}

/**
 * The files of a run, by the paths that the command used. What was merely looked for, and is not there, takes no room from
 * what is: where `most` are known, those are forgotten. `isThere` tells of a path that the command used.
 */
export class Files {
  readonly #all = new Map<string, SeenFile>();
  readonly #isThere: (path: string) => boolean;
  readonly #most: number;
  /** Known to be there, or by something else than that it was looked for. */
  #settled = new Set<SeenFile>();
  /** So many that were not asked for yet are known at most. */
  #patience = 8192;
  dropped = 0;

  constructor(isThere: (path: string) => boolean = () => true, most: number = limits.files) {
    this.#isThere = isThere;
    this.#most = most;
  }

  open(path: string, mode: string, process: ProcessReference | null, at: TraceEvent["at"]): void {
    this.#touch(path, process, at, (file) => {
      if (mode.includes("r")) file.read = true;
      if (mode.includes("w")) file.written = true;
      if (mode.includes("w")) file.deleted = false;
    });
  }

  list(path: string, process: ProcessReference | null, at: TraceEvent["at"]): void {
    this.#touch(path, process, at, (file) => {
      file.listed = true;
    });
  }

  /** `what` is the function, as EVENTS.md names it; `to` is the other path of a rename or link. */
  change(
    path: string,
    what: string,
    to: string | null,
    process: ProcessReference | null,
    at: TraceEvent["at"],
  ): void {
    const gone = what === "remove" || what === "rmdir" || what === "rename";
    this.#touch(path, process, at, (file) => {
      if (gone) file.deleted = true;
      // A folder is asked for whether it is there or not; what a link leads to stays as it is.
      else if (what !== "mkdir" && (what !== "link" || to === null)) file.written = true;
    });
    if (to === null) return;
    this.#touch(to, process, at, (file) => {
      file.written = true;
      file.deleted = false;
    });
  }

  all(): readonly SeenFile[] {
    return [...this.#all.values()];
  }

  #touch(
    path: string,
    process: ProcessReference | null,
    at: TraceEvent["at"],
    mark: (file: SeenFile) => void,
  ): void {
    if (path === "" || path.length > 8192) return;
    const known = this.#all.get(path);
    const file = known ?? {
      seen: path,
      read: false,
      written: false,
      listed: false,
      deleted: false,
      processes: [],
      at: null,
    };
    file.at ??= at;
    const { processes } = file;
    if (process !== null && processes.length < limits.processesOfFile && !processes.includes(process))
      processes.push(process);
    mark(file);
    if (known === undefined) this.#keep(file);
  }

  #keep(file: SeenFile): void {
    if (this.#all.size >= this.#most) {
      if (!this.#isKept(file)) return;
      this.#forgetMissing();
      if (this.#all.size >= this.#most) {
        this.dropped += 1;
        return;
      }
    }
    this.#all.set(file.seen, file);
    // What goes soon costs no memory; where most are there, asking is in vain.
    const asked = this.#all.size - this.#settled.size;
    if (asked >= this.#patience && this.#forgetMissing() < asked / 2) this.#patience *= 4;
  }

  /** Gives how many went. */
  #forgetMissing(): number {
    const before = this.#all.size;
    for (const [path, one] of this.#all) if (!this.#isKept(one)) this.#all.delete(path);
    return before - this.#all.size;
  }

  /** Asked for each file once. */
  #isKept(file: SeenFile): boolean {
    if (this.#settled.has(file)) return true;
    if (!file.written && !file.deleted && !this.#isThere(file.seen)) return false;
    this.#settled.add(file);
    return true;
  }
}

/** Files, listings and changes of one event; false where it is none of these. */
export function foldFileEvent(files: Files, event: TraceEvent, process: ProcessReference | null): boolean {
  const path = event.text("f");
  switch (event.kind) {
    case "open":
      if (path !== null) files.open(path, event.text("m") ?? "r", process, event.at);
      return true;
    case "sqlite":
      // Its files are opened by C code, of which no event speaks.
      if (path !== null && path.startsWith("/")) files.open(path, "rw", process, event.at);
      return true;
    case "change":
      if (path !== null)
        files.change(path, shorten(event.text("fn") ?? ""), event.text("to"), process, event.at);
      return true;
    default:
      return false;
  }
}
