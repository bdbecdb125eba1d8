import type { TraceEvent } from "../event.ts";
import { Files, foldFileEvent } from "./files.ts";
import { Generators } from "./generators.ts";
import { Processes, shorten, type SeenProcess } from "./processes.ts";
import { FirstPlaces, Touches } from "./touches.ts";
import { Modules } from "./modules.ts";

export interface SeenHost {
  readonly host: string;
  readonly port: number | null;
  readonly how: "connect" | "resolve" | "bind";
}

/** A run as its events tell it, before paths are mapped. Memory is bounded by `limits`, however long the run. */
export class Fold {
  readonly processes = new Processes();
  readonly files: Files;
  readonly modules = new Modules();
  readonly generators = new Generators();
  readonly variables = new FirstPlaces<{ readonly name: string; readonly present: boolean }>();
  readonly hosts = new FirstPlaces<SeenHost>();
  readonly entropy = new Touches();
  readonly clocks = new Touches();
  readonly machine = new Touches();
  readonly listings = new Touches();
  readonly libraries = new FirstPlaces<{ readonly file: string }>();
  /** Why the hook could not go on, each once. */
  readonly lost = new FirstPlaces<{ readonly why: string }>();
  events = 0;
  /** The monotonic clock at the first event, in nanoseconds. */
  began: number | null = null;
  last = 0;

  /** `isThere` tells of a path that the command used. */
  constructor(isThere?: (path: string) => boolean) {
    this.files = new Files(isThere);
  }

  add(event: TraceEvent): void {
    this.events += 1;
    this.began ??= event.time;
    this.last = Math.max(this.last, event.time);
    if (this.#isOfProcess(event)) return;
    const process = this.processes.of(event);
    if (foldFileEvent(this.files, event, process)) return;
    if (this.generators.fold(event, process?.id ?? "")) return;
    this.#touch(event, process);
  }

  get dropped(): number {
    const parts = [this.files, this.modules, this.generators, this.variables, this.hosts, this.entropy];
    const more = [this.clocks, this.machine, this.listings, this.libraries, this.lost];
    return [...parts, ...more].reduce((sum, part) => sum + part.dropped, 0);
  }

  #isOfProcess(event: TraceEvent): boolean {
    switch (event.kind) {
      case "start":
        this.processes.start(event);
        return true;
      case "end":
        this.processes.end(event);
        return true;
      case "cell":
        this.processes.ranCell(event);
        return true;
      case "spawn":
        this.processes.spawn(event);
        return true;
      case "fork": {
        const child = this.processes.fork(event);
        if (child !== null && child.parent !== null) this.generators.forked(child.parent, child.id);
        return true;
      }
      default:
        return false;
    }
  }

  #touch(event: TraceEvent, process: SeenProcess | null): void {
    const what = event.text("fn") ?? "";
    const file = event.text("f");
    switch (event.kind) {
      case "list":
        this.listings.add(what, event.at);
        if (file !== null) this.files.list(file, process, event.at);
        return;
      case "import":
        this.modules.add(event.text("n") ?? "", file);
        return;
      case "env":
        this.variables.add({ name: shorten(event.text("n") ?? ""), present: event.flag("d") }, event.at);
        return;
      case "net":
        this.#host(event);
        return;
      case "dlopen":
        if (file !== null) this.libraries.add({ file: shorten(file) }, event.at);
        return;
      case "entropy":
        this.entropy.add(what, event.at);
        return;
      case "clock":
        this.clocks.add(what, event.at);
        return;
      case "machine":
        this.machine.add(what, event.at);
        return;
      case "count":
        this.#count(event, process);
        return;
      case "lost":
        this.lost.add({ why: shorten(event.text("why") ?? "") }, null);
        return;
    }
  }

  #host(event: TraceEvent): void {
    const how = event.text("how");
    const host = event.text("h");
    if (host === null || (how !== "connect" && how !== "resolve" && how !== "bind")) return;
    const port = event.text("o") ?? "";
    // A service's name is not a port.
    this.hosts.add(
      { host: shorten(host), port: /^\d{1,5}$/u.test(port) ? Number(port) : event.count("o"), how },
      event.at,
    );
  }

  /** The place was counted once already, when it was first reached. */
  #count(event: TraceEvent, process: SeenProcess | null): void {
    const more = (event.count("n") ?? 1) - 1;
    const of = event.text("of");
    const touches = { entropy: this.entropy, clock: this.clocks, machine: this.machine, list: this.listings };
    if (of === "draw") this.generators.count(event, process?.id ?? "", more);
    else if (of !== null && Object.hasOwn(touches, of))
      touches[of as keyof typeof touches].add(event.text("fn") ?? "", event.at, more);
  }
}
