import type { Command, Environment, Location } from "../model/index.ts";
import type { Bound } from "../dating/index.ts";
import { commandsOf, type Entry } from "./entries.ts";

/** One thing to install, and how it came to be asked for. */
export interface Asked {
  /** Normalised as PEP 503 says; "" for what only a URL or a path names. */
  readonly name: string;
  /** PEP 508. */
  readonly text: string;
  readonly location: Location;
  readonly origin: "lock" | "declared" | "inferred" | "failed run";
}

/** How a group of entries is tried: what a mend changes is this, and nothing else. Plain data. */
export interface Attempt {
  readonly entries: readonly Entry[];
  readonly asked: readonly Asked[];
  readonly bounds: readonly Bound[];
  /** Words that the entries' lines and recipes call: programs among them. */
  readonly called: readonly string[];
  /** Folders that are made (with a .gitkeep) before anything runs, relative to the root. */
  readonly folders: readonly string[];
}

/** An environment for an attempt, with what it was resolved to. */
export interface Prepared {
  readonly environment: Environment;
  /** Versions by normalised name. */
  readonly pins: ReadonlyMap<string, string>;
  /** The pins as a requirements file. */
  readonly requirements: string;
  /** Distributions that would belong to it and that cannot be installed here. */
  readonly leftOut: readonly string[];
}

/** What tells two attempts apart: where a mend leads to one that was tried, it is of no use. */
export function signatureOf({ entries, asked, bounds, folders }: Attempt): string {
  const commands = entries.flatMap(commandsOf).map(({ name, run, cwd, env }) => [name, run, cwd, env]);
  const texts = asked.map(({ text }) => text).toSorted();
  return JSON.stringify([
    commands,
    texts,
    bounds.map((bound) => [bound.distribution, bound.specifier]),
    folders,
  ]);
}

/** The attempt with one command changed. */
export function withCommand(attempt: Attempt, name: string, change: Partial<Command>): Attempt {
  const changed = (command: Command): Command =>
    command.name === name ? { ...command, ...change } : command;
  const entries = attempt.entries.map((entry) => ({
    ...entry,
    command: changed(entry.command),
    before: entry.before.map(changed),
  }));
  return { ...attempt, entries };
}
