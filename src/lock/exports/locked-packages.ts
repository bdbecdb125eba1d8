import { makeFinding, type Finding } from "../../model/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";

/** One package of a lock under one marker, with all of its files. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly marker: string | null;
  /** At least one. */
  readonly files: readonly [LockedArtifact, ...LockedArtifact[]];
}

/** The packages of a lock by name, version and marker. */
export function lockedPackages({ artifacts }: LockContent): readonly LockedPackage[] {
  const groups = Map.groupBy(artifacts, ({ name, version, marker }) =>
    JSON.stringify([name, version, marker]),
  );
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...rest]]) =>
      first === undefined
        ? []
        : [
            {
              name: first.name,
              version: first.version,
              marker: first.marker,
              files: [first, ...rest] as const,
            },
          ],
    );
}

/** True for what is one file with a hash, as against a commit or a folder that is built. */
export const isFile = ({ kind }: LockedArtifact): boolean => kind !== "vcs" && kind !== "directory";

/** A pip requirement of exactly what is locked, without hashes. */
export function pinOf({ name, version, marker, files: [first] }: LockedPackage): string {
  const source = first.kind === "directory" ? first.url : `${name} @ ${first.url}`;
  const pin = isFile(first) && version !== "" ? `${name}==${version}` : source;
  return marker === null ? pin : `${pin} ; ${marker}`;
}

/** That a format cannot hold what is built from a commit or a folder as firmly as the lock does. */
export function withoutHash(packages: readonly LockedPackage[], lockPath: string): readonly Finding[] {
  return packages
    .filter(({ files: [first] }) => !isFile(first))
    .map(({ name, files: [first] }) =>
      makeFinding(
        "export-without-hash",
        "warning",
        `${name} comes from ${first.url}, which no hash can be given for.`,
        {
          file: lockPath,
          line: first.line,
          why: "pip refuses the whole file with --require-hashes.",
          fix: "Depend on a released version.",
        },
      ),
    );
}
