import type { Confine } from "../../environments/index.ts";
import { makeFinding, type Finding, type Interpreter } from "../../model/index.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { buildWheel } from "./build-wheel.ts";
import type { LockedArtifact } from "./choose-artifacts.ts";
import { fetchArtifacts, type FetchedArtifact } from "./fetch-artifacts.ts";

/** How wheels may be built; null: not at all. */
export interface Builds {
  readonly interpreter: Interpreter;
  readonly confine: Confine | null;
}

export interface BuiltArtifacts {
  readonly wheels: readonly FetchedArtifact[];
  /** By the wheel's file name, what it was built with. */
  readonly locks: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/**
 * Wheels of the locked packages that have none: built from their sdists where builds are allowed, else refused with a
 * finding each (`pack-sdist`, `pack-vcs`). `folder` is that of the lock.
 */
export async function buildArtifacts(
  artifacts: readonly LockedArtifact[],
  folder: string,
  builds: Builds | null,
  progress: (message: string) => void,
): Promise<BuiltArtifacts> {
  const wheels: FetchedArtifact[] = [];
  const locks = new Map<string, string>();
  const findings: Finding[] = [];
  for (const artifact of artifacts) {
    if (builds === null || artifact.kind === "vcs" || artifact.kind === "directory") {
      findings.push(refused(artifact, builds !== null));
      continue;
    }
    const [sdist] = await fetchArtifacts([artifact], folder, progress);
    if (sdist === undefined) continue;
    const built = await buildWheel(
      {
        ...artifact,
        ...builds,
        digest: artifact.sha256,
        unpack: async (to) => {
          await unpackArchive(sdist.path, to);
        },
      },
      progress,
    );
    if ("rule" in built) {
      findings.push({ ...built, line: artifact.line });
      continue;
    }
    wheels.push({ artifact: { ...artifact, sha256: built.sha256 }, filename: built.filename, path: built.path });
    locks.set(built.filename, built.buildLock);
  }
  return { wheels, locks, findings };
}

function refused(artifact: LockedArtifact, allowed: boolean): Finding {
  const { name, version, kind, url, line } = artifact;
  const label = `${name} ${version}`.trim();
  if (kind === "vcs") {
    return makeFinding("pack-vcs", "error", `${label} comes from ${url}: a commit cannot be packed.`, {
      line,
      why: "The archive has to hold a wheel of every package, and a repository is not one.",
      fix: "Depend on a released version, or commit a wheel of it to the project and lock that by its path.",
    });
  }
  if (kind === "directory") {
    return makeFinding("pack-folder", "error", `${label} is installed from the folder ${url}, which is not the project's own.`, {
      line,
      why: "The archive has to hold a wheel of every package.",
      fix: "Lock a wheel of it.",
    });
  }
  return makeFinding("pack-sdist", "error", `${label} has no wheel for this platform, and ${allowed ? "cannot be built" : "builds are not allowed"}.`, {
    line,
    why: "The archive has to hold a wheel of every package: a build needs a compiler and tools that are not in it.",
    fix: "Allow builds (rung pack --allow-builds): a wheel is then built here, confined, from locked build dependencies.",
  });
}
