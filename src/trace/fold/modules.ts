import { Bounded } from "../bounded.ts";
import { limits } from "../limits.ts";
import { shorten } from "./processes.ts";

export interface SeenModule {
  /** Dotted, as in sys.modules. */
  readonly name: string;
  readonly file: string;
}

/** The modules that were imported and came from a file. */
export class Modules {
  readonly #all = new Bounded<SeenModule>(limits.modules);

  add(name: string, file: string | null): void {
    if (name === "" || file === null || file === "") return;
    this.#all.take(name, () => ({ name: shorten(name), file }));
  }

  all(): readonly SeenModule[] {
    return this.#all.values();
  }

  get dropped(): number {
    return this.#all.dropped;
  }
}
