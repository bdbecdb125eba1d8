import type { Change, Finding } from "../model/index.ts";
import { liftConfig } from "./lifted-config.ts";
import { liftLock } from "./lifted-lock.ts";
import { liftSpec } from "./lifted-spec.ts";
import type { RevivedGroup } from "./revive-group.ts";
import type { Workshop } from "./workshop.ts";

export interface Lifted {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** The files that keep what a group came to: spec, lock, rung.toml and folders. None where nothing of it ran. */
export async function liftGroup(
  { subject }: Workshop,
  group: RevivedGroup,
  progress: (message: string) => void,
): Promise<Lifted> {
  const { prepared, ran, attempt, folder } = group;
  const hasRun = [...ran.values()].some(({ failed }) => failed === null);
  if (prepared === null || !hasRun) return { changes: [], findings: [] };
  const config = liftConfig(subject, group, prepared);
  const spec = liftSpec(subject, group, prepared);
  const lock = await liftLock(subject, folder, prepared, progress);
  const folders = attempt.folders.map((path) => ({
    path: `${path}/.gitkeep`,
    before: null,
    after: "",
    why: "an empty file, so that Git keeps the folder that is written to",
  }));
  return {
    changes: [config.change, ...spec.changes, lock.change, ...folders].filter((change) => change !== null),
    findings: [...config.findings, ...(lock.finding === null ? [] : [lock.finding])],
  };
}
