import type { HookSettings, RunRequest } from "../sandbox/index.ts";
import { joinPath } from "../system/index.ts";
import { findStrace, straceFile, straceWords } from "./strace/strace-command.ts";

/** What the hook does where a run is observed and nothing else: it records, and changes nothing. */
export function observeSettings(): HookSettings {
  return { record: true, seed: null, forceSeed: false, control: null, probe: null };
}

/** How a run is watched by strace as well (`--deep`): goes into a RunRequest. Null where it cannot be, with why. */
export async function deepWatcher(): Promise<
  { readonly watcher: NonNullable<RunRequest["watcher"]> } | { readonly missing: string }
> {
  const found = await findStrace();
  if ("missing" in found) return found;
  return { watcher: (shared) => straceWords(found.program, joinPath(shared, straceFile)) };
}
