import type { Confine } from "../../environments/index.ts";
import { makeFinding, type Finding, type Interpreter } from "../../model/index.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { buildWheel, type BuildRequest } from "./build-wheel.ts";
import { folderInProject, folderSource, type ProjectTree } from "./build-folder.ts";
import type { LockedArtifact } from "./choose-artifacts.ts";
import { fetchArtifacts, type FetchedArtifact } from "./fetch-artifacts.ts";

/** How wheels are built here. */
export interface Builds {
  readonly interpreter: Interpreter;
  /** Asked when the first wheel is built: what can confine is found by trying. */
  readonly confine: () => Promise<Confine | null>;
  /** False: of the project's own folders alone, which is the owner's code. */
  readonly allowed: boolean;
}

export interface BuiltArtifacts {
  readonly wheels: readonly FetchedArtifact[];
  /** By the wheel's file name, what it was built with. */
  readonly locks: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/**
 * Wheels of the locked packages that have none: built from their sdists where builds are allowed, and from folders of the
 * project itself; the others are refused with a finding each (`pack-sdist`, `pack-vcs`, `pack-folder`).
 */
export async function buildArtifacts(
  artifacts: readonly LockedArtifact[],
  tree: ProjectTree,
  builds: Builds,
  progress: (message: string) => void,
): Promise<BuiltArtifacts> {
  const wheels: FetchedArtifact[] = [];
  const locks = new Map<string, string>();
  const findings: Finding[] = [];
  for (const artifact of artifacts) {
    const source = await sourceOf(artifact, tree, builds, progress);
    const built =
      "rule" in source ? source : await buildWheel({ ...artifact, ...builds, ...source }, progress);
    if ("rule" in built) {
      findings.push({ ...built, line: artifact.line });
      continue;
    }
    wheels.push({
      artifact: { ...artifact, sha256: built.sha256 },
      filename: built.filename,
      path: built.path,
    });
    locks.set(built.filename, built.buildLock);
  }
  return { wheels, locks, findings };
}

async function sourceOf(
  artifact: LockedArtifact,
  tree: ProjectTree,
  { allowed }: Builds,
  progress: (message: string) => void,
): Promise<Pick<BuildRequest, "digest" | "unpack"> | Finding> {
  const { kind, name, version, url } = artifact;
  const label = `${name} ${version}`.trim();
  const why = "The archive has to hold a wheel of every package.";
  if (kind === "vcs") {
    return makeFinding("pack-vcs", "error", `${label} comes from ${url}: a commit cannot be packed.`, {
      why,
      fix: "Depend on a released version, or commit a wheel of it to the project and lock that by its path.",
    });
  }
  if (kind === "directory") {
    const folder = folderInProject(url);
    if (folder !== null) return folderSource(tree, folder);
    return makeFinding(
      "pack-folder",
      "error",
      `${label} is installed from ${url}, which is not in the project.`,
      {
        why,
        fix: "Move it into the project, or lock a wheel of it.",
      },
    );
  }
  if (!allowed) {
    return makeFinding(
      "pack-sdist",
      "error",
      `${label} has no wheel for this platform, and builds are not allowed.`,
      {
        why: `${why} A build needs a compiler and tools that are not in it.`,
        fix: "Allow builds (rung pack --allow-builds): a wheel is then built here, confined, from locked build dependencies.",
      },
    );
  }
  const [sdist] = await fetchArtifacts([artifact], tree.root, progress);
  const path = sdist?.path ?? "";
  return {
    digest: artifact.sha256,
    unpack: async (to) => {
      await unpackArchive(path, to);
    },
  };
}
