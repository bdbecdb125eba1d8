import type { Requirement } from "../model/index.ts";
import type { LockContent } from "./artifact.ts";
import type { LockFile } from "./choose-lock.ts";
import { formatOfLock } from "./formats/lock-formats.ts";
import { writePreferences } from "./write-pylock.ts";

/** A pylock.toml whose versions resolveLock keeps where they still serve; null where the lock has none. */
export function keptVersions(lock: LockFile, declared: readonly Requirement[]): string | null {
  const format = formatOfLock(lock.path);
  if (format.id === "pylock.toml") return lock.text;
  const content = format.read(lock.text, lock.path, declared);
  return content.artifacts.length === 0 ? null : writePreferences(content);
}

/** What a lock has that an earlier one had otherwise, in words: "moved: idna 3.6 to 3.7; new: six 1.16.0"; "" for nothing. */
export function versionsMoved(before: LockContent, after: LockContent): string {
  const [then, today] = [versionsOf(before), versionsOf(after)];
  const moved = [...today].flatMap(([name, version]) => {
    const earlier = then.get(name);
    return earlier === undefined || earlier === version ? [] : [`${name} ${earlier} to ${version}`];
  });
  const added = [...today].filter(([name]) => !then.has(name)).map(([name, version]) => `${name} ${version}`);
  const gone = [...then.keys()].filter((name) => !today.has(name));
  return [part("moved", moved), part("new", added), part("gone", gone)]
    .filter((text) => text !== "")
    .join("; ");
}

const part = (word: string, items: readonly string[]): string =>
  items.length === 0
    ? ""
    : `${word}: ${items.slice(0, 5).join(", ")}${items.length > 5 ? ` and ${items.length - 5} more` : ""}`;

function versionsOf({ artifacts }: LockContent): ReadonlyMap<string, string> {
  const byName = Map.groupBy(artifacts, ({ name }) => name);
  return new Map(
    [...byName].map(([name, files]) => [
      name,
      [...new Set(files.map(({ version }) => version))].sort().join(" and "),
    ]),
  );
}
