import { Bounded } from "../bounded.ts";
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
  readonly processes: Set<ProcessReference>;
  at: TraceEvent["at"];
}

/** The files of a run, by the paths that the command used. */
export class Files {
  readonly #all = new Bounded<SeenFile>(limits.files);

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
    return this.#all.values();
  }

  get dropped(): number {
    return this.#all.dropped;
  }

  #touch(
    path: string,
    process: ProcessReference | null,
    at: TraceEvent["at"],
    mark: (file: SeenFile) => void,
  ): void {
    if (path === "" || path.length > 8192) return;
    const file = this.#all.take(path, () => ({
      seen: path,
      read: false,
      written: false,
      listed: false,
      deleted: false,
      processes: new Set(),
      at: null,
    }));
    if (file === null) return;
    file.at ??= at;
    if (process !== null && file.processes.size < limits.processesOfFile) file.processes.add(process);
    mark(file);
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
