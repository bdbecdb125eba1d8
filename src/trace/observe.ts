import type { HookSettings } from "../sandbox/index.ts";

/** What the hook does where a run is observed and nothing else: it records, and changes nothing. */
export function observeSettings(): HookSettings {
  return { record: true, seed: null, forceSeed: false, control: null, probe: null };
}
