import { unreachedNetwork } from "../diagnose/index.ts";
import { readTail } from "../system/index.ts";
import type { ReviveStep } from "./revival.ts";
import type { RanEntry } from "./run-entries.ts";
import type { Workshop } from "./workshop.ts";

const readBytes = 256 * 1024;

/** A note on each command that ended well and says that it could not reach the network: its result may be none. */
export function unreachedSteps(
  { store }: Workshop,
  ran: ReadonlyMap<string, RanEntry>,
): readonly Omit<ReviveStep, "round">[] {
  return [...ran].flatMap(([name, { run, failed }]) => {
    if (failed !== null || run.stderr === null || run.isolation.network) return [];
    const said = unreachedNetwork(readTail(store.blobs.path(run.stderr), readBytes));
    if (said === null) return [];
    return [
      {
        kind: "network-not-reached",
        action: `note that ${name} could not reach the network`,
        reason: `it ended well all the same, so what it gave may be empty or in part (${said})`,
        location: null,
      },
    ];
  });
}
