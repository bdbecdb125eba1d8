import { markerHolds, variablesOn } from "../../manifests/index.ts";
import { inspectLock } from "../../lock/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import { compareRanks, wheelRank, type WheelTarget } from "./wheel-rank.ts";

/** One file (or tree) that is installed. `line` is that of the lock. */
export type LockedArtifact = ReturnType<typeof inspectLock>["artifacts"][number];

/** What of a lock is installed on one platform. */
export interface ChosenArtifacts {
  /** In the order of their names. */
  readonly wheels: readonly LockedArtifact[];
  /** Packages without a wheel that serves: sdists, VCS commits, folders. */
  readonly toBuild: readonly LockedArtifact[];
  readonly findings: readonly Finding[];
}

/**
 * The best wheel of each package that a pylock.toml (PEP 751) names for this platform and Python, as pip would choose it.
 * A package that has none is to be built from its sdist, commit or folder. What has neither is an error
 * (`pack-no-artifact`), as is what the lock itself says wrong (`lock-invalid`, `lock-missing-hash`, `lock-vcs-unpinned`).
 */
export function chooseArtifacts(lockText: string, lockPath: string, target: WheelTarget): ChosenArtifacts {
  const { artifacts, findings } = inspectLock(lockText, lockPath, { platforms: [] });
  const variables = variablesOn(target.platform, target.python);
  const wanted = artifacts.filter(({ marker }) => markerHolds(marker, variables));
  const wheels: LockedArtifact[] = [];
  const toBuild: LockedArtifact[] = [];
  const lost: Finding[] = [];
  for (const [name, files] of Map.groupBy(wanted, (artifact) => artifact.name)) {
    const best = files
      .flatMap((artifact) => {
        const rank = artifact.kind === "wheel" ? wheelRank(fileOf(artifact), target) : null;
        return rank === null ? [] : [{ artifact, rank }];
      })
      .sort((a, b) => compareRanks(b.rank, a.rank) || (fileOf(a.artifact) < fileOf(b.artifact) ? -1 : 1))[0];
    const source = files.find(({ kind }) => kind !== "wheel");
    if (best !== undefined) wheels.push(best.artifact);
    else if (source !== undefined) toBuild.push(source);
    else lost.push(nothingServes(name, files, lockPath, target));
  }
  const byName = (a: LockedArtifact, b: LockedArtifact): number => (a.name < b.name ? -1 : 1);
  return {
    wheels: wheels.sort(byName),
    toBuild: toBuild.sort(byName),
    findings: [...findings.filter(({ severity }) => severity === "error"), ...lost],
  };
}

/** The name that a wheel has in a lock: its URL ends in it where none is stated. */
export function fileOf({ filename, url }: LockedArtifact): string {
  return filename !== "" ? filename : decodeURIComponent(url.split(/[?#]/u)[0]?.split("/").at(-1) ?? "");
}

function nothingServes(
  name: string,
  files: readonly LockedArtifact[],
  lockPath: string,
  { platform, python, glibc }: WheelTarget,
): Finding {
  const [first] = files;
  const library = glibc === null ? "" : ` and glibc ${glibc}`;
  return makeFinding(
    "pack-no-artifact",
    "error",
    `${name} ${first?.version ?? ""} has no wheel for ${platform} with Python ${python}${library}, and nothing to build one from.`,
    {
      file: lockPath,
      line: first?.line ?? null,
      why: "What is not in the archive cannot be installed without the internet.",
      fix: "Lock a version that has a wheel for this platform, or its sdist.",
    },
  );
}
