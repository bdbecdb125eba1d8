import type { TracedGenerator } from "../../model/index.ts";
import { Bounded } from "../bounded.ts";
import type { TraceEvent } from "../event.ts";
import { limits } from "../limits.ts";
import type { Places } from "../places.ts";
import { shorten } from "./processes.ts";
import { Touches } from "./touches.ts";

interface Seen {
  readonly name: string;
  readonly seeds: { readonly value: string | null; readonly at: TraceEvent["at"] }[];
  readonly draws: Touches;
  used: boolean;
  /** Its state moved, and nothing had seeded it. */
  moved: boolean;
  /** Where it was drawn from, or made, without a stated seed. */
  readonly unseeded: Touches;
}

/** One generator in one process. */
interface State {
  /** It was given a seed of a stated value, here or in the process that this one was forked from. */
  seeded: boolean;
  digest: string | null;
  /** A library drew from it while it was imported: that tells why it moved, and is not the program's use of it. */
  movedByImport: boolean;
}

const seedsKept = 1000;

/** Generators of random numbers: what seeded them, and whether they were used before or without a stated seed. */
export class Generators {
  readonly #all = new Bounded<Seen>(200);
  readonly #states = new Map<string, Map<string, State>>();
  #droppedSeeds = 0;

  /** Takes seed, rng, draw and generator events; false for others. `process` is the id of the process. */
  fold(event: TraceEvent, process: string): boolean {
    const name = shorten(event.text("g") ?? "");
    if (!["seed", "rng", "draw", "generator"].includes(event.kind)) return false;
    const seen = this.#all.take(name, () => ({
      name,
      seeds: [],
      draws: new Touches(),
      used: false,
      moved: false,
      unseeded: new Touches(),
    }));
    if (name === "" || seen === null) return true;
    const state = this.#stateOf(process, name);
    if (event.kind === "seed") this.#seed(seen, state, event.text("v"), event.at);
    else if (event.kind === "draw") draw(seen, state, event, 1);
    else if (event.kind === "generator") this.#made(seen, event);
    else probe(seen, state, event.text("s") ?? "", event.text("d"));
    return true;
  }

  /** A forked process goes on with the state of the one that it came from. */
  forked(parent: string, child: string): void {
    const states = this.#states.get(parent);
    if (states === undefined || this.#states.size >= limits.processes) return;
    this.#states.set(child, new Map(Array.from(states, ([name, state]) => [name, { ...state }])));
  }

  /** How often a draw that was written once was made in all. */
  count(event: TraceEvent, process: string, times: number): void {
    const seen = this.#all.get(shorten(event.text("g") ?? (event.text("fn") ?? "").replace(/\.[^.]*$/u, "")));
    if (seen !== undefined) draw(seen, this.#stateOf(process, seen.name), event, times);
  }

  get dropped(): number {
    const draws = this.#all.values().reduce((sum, { draws: one }) => sum + one.dropped, 0);
    return this.#all.dropped + this.#droppedSeeds + draws;
  }

  finish(place: Places): readonly TracedGenerator[] {
    return this.#all.values().map(({ name, seeds, draws, used, moved, unseeded }) => ({
      generator: name,
      seeds: seeds.map(({ value, at }) => ({ value, at: place(at) })),
      used,
      unseededUse: moved || unseeded.ofOwnCode(place).length > 0,
      draws: draws.finish(place),
      unseeded: unseeded.ofOwnCode(place),
    }));
  }

  #stateOf(process: string, name: string): State {
    let states = this.#states.get(process);
    if (states === undefined) {
      states = new Map();
      if (this.#states.size < limits.processes) this.#states.set(process, states);
    }
    let state = states.get(name);
    if (state === undefined)
      states.set(name, (state = { seeded: false, digest: null, movedByImport: false }));
    return state;
  }

  #seed(seen: Seen, state: State, value: string | null, at: TraceEvent["at"]): void {
    state.seeded = value !== null;
    // What the state is after it is for the next probe to say.
    state.digest = null;
    if (seen.seeds.length < seedsKept) seen.seeds.push({ value: value === null ? null : shorten(value), at });
    else this.#droppedSeeds += 1;
  }

  /** An object of its own: it counts as used, since it was made to be. */
  #made(seen: Seen, event: TraceEvent): void {
    const { at } = event;
    seen.used = true;
    if (event.flag("seeded")) return;
    if (!event.flag("im")) seen.unseeded.add(seen.name, at);
    if (seen.seeds.length < seedsKept) seen.seeds.push({ value: null, at });
    else this.#droppedSeeds += 1;
  }
}

function draw(seen: Seen, state: State, event: TraceEvent, times: number): void {
  const what = event.text("fn") ?? "";
  seen.used = true;
  if (event.flag("im")) state.movedByImport = true;
  else if (!state.seeded) seen.unseeded.add(what, event.at);
  seen.draws.add(what, event.at, times);
}

/** Probes between which a state moves by draws alone; at the others it starts anew, or libraries' imports moved it. */
const comparedAt = new Set(["seed", "loading", "exit"]);

/** A state that moved since the last probe, and was not seeded in between, was drawn from. A probe comes before each
 *  seeding, so that what was drawn until then shows. The state that a seeding leads to (`seeded`) is where it starts anew. */
function probe(seen: Seen, state: State, when: string, digest: string | null): void {
  if (digest === null) return;
  if (when === "fork" && seen.name === "random") {
    // It seeds itself from the system in each forked child, right after this.
    state.seeded = false;
    state.digest = null;
    return;
  }
  if (state.digest !== null && state.digest !== digest && comparedAt.has(when)) {
    seen.used = true;
    if (!state.seeded && !state.movedByImport) seen.moved = true;
  }
  state.movedByImport = false;
  state.digest = digest;
}
