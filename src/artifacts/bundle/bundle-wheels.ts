import type { LockFile } from "../../lock/index.ts";
import type { Finding, Interpreter, Requirement } from "../../model/index.ts";
import { buildArtifacts, type Builds } from "../wheels/build-artifacts.ts";
import { fetchArtifacts, type FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import { lockedWheels } from "../wheels/locked-wheels.ts";
import type { WheelTarget } from "../wheels/wheel-rank.ts";
import { installerWheel, notebookWheels } from "./own-tools.ts";

export interface WheelsRequest {
  /** Absolute path of the project. */
  readonly root: string;
  readonly lock: LockFile | null;
  readonly declared: readonly Requirement[];
  readonly interpreter: Interpreter;
  readonly target: WheelTarget;
  readonly builds: Builds | null;
  readonly hasNotebook: boolean;
  readonly progress: (message: string) => void;
}

/** All wheels of a bundle, in Rung's cache. */
export interface BundleWheels {
  readonly project: readonly FetchedArtifact[];
  /** By the file name of a wheel that was built here, what it was built with. */
  readonly buildLocks: ReadonlyMap<string, string>;
  readonly notebook: readonly FetchedArtifact[];
  readonly kernel: readonly FetchedArtifact[];
  readonly installer: FetchedArtifact;
  readonly findings: readonly Finding[];
}

export async function bundleWheels(request: WheelsRequest): Promise<BundleWheels> {
  const { root, lock, interpreter, target, builds, progress } = request;
  const chosen =
    lock === null
      ? { wheels: [], toBuild: [], findings: [] }
      : await lockedWheels({ ...request, lock, folder: root }, progress);
  const fetched = await fetchArtifacts(chosen.wheels, root, progress);
  const built = await buildArtifacts(chosen.toBuild, root, builds, progress);
  const installer = await installerWheel(target, interpreter, progress);
  const tools = request.hasNotebook ? await notebookWheels(target, interpreter, progress) : null;
  const isFault = tools !== null && "rule" in tools;
  const own = tools === null || isFault ? { notebook: [], kernel: [] } : tools;
  const file = lock?.path ?? null;
  return {
    ...own,
    project: [...fetched, ...built.wheels].sort((a, b) => (a.filename < b.filename ? -1 : 1)),
    buildLocks: built.locks,
    installer,
    findings: [
      ...chosen.findings,
      ...built.findings.map((finding) => ({ ...finding, file })),
      ...(isFault ? [tools] : []),
    ],
  };
}
