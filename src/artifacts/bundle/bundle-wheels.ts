import type { LockFile } from "../../lock/index.ts";
import type { Finding, Interpreter, Requirement } from "../../model/index.ts";
import { buildArtifacts, type Builds } from "../wheels/build-artifacts.ts";
import { folderInProject, type ProjectTree } from "../wheels/build-folder.ts";
import type { LockedArtifact } from "../wheels/choose-artifacts.ts";
import { fetchArtifacts, type FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import { lockedWheels } from "../wheels/locked-wheels.ts";
import type { WheelTarget } from "../wheels/wheel-rank.ts";
import { foretellPack } from "./foretell.ts";
import { installerWheel, notebookWheels } from "./own-tools.ts";

export interface WheelsRequest {
  readonly tree: ProjectTree;
  /** True where the commands run only when the project itself is installed. */
  readonly needsItself: boolean;
  /** The project's name, for its own package. */
  readonly name: string;
  readonly lock: LockFile | null;
  readonly declared: readonly Requirement[];
  readonly interpreter: Interpreter;
  readonly target: WheelTarget;
  readonly builds: Builds;
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
  const { tree, lock, interpreter, target, builds, progress } = request;
  const chosen =
    lock === null
      ? { wheels: [], toBuild: [], findings: [] }
      : await lockedWheels({ ...request, lock, folder: tree.root }, progress);
  const projectBytes = tree.files.reduce((sum, { size }) => sum + size, 0);
  progress(foretellPack(chosen, request.hasNotebook, projectBytes).said);
  const fetched = await fetchArtifacts(chosen.wheels, tree.root, progress);
  const holdsOwn = chosen.toBuild.some(
    ({ kind, url }) => kind === "directory" && folderInProject(url) === "",
  );
  const own = request.needsItself && !holdsOwn ? [itself(request.name)] : [];
  const built = await buildArtifacts([...chosen.toBuild, ...own], tree, builds, progress);
  const installer = await installerWheel(target, interpreter, progress);
  const tools = request.hasNotebook ? await notebookWheels(target, interpreter, progress) : null;
  const isFault = tools !== null && "rule" in tools;
  const forNotebooks = tools === null || isFault ? { notebook: [], kernel: [] } : tools;
  const file = lock?.path ?? null;
  return {
    ...forNotebooks,
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

/** The project's own package, as a lock would name it. */
const itself = (name: string): LockedArtifact => ({
  name,
  version: "",
  url: ".",
  filename: "",
  sha256: "",
  size: null,
  kind: "directory",
  marker: null,
  line: 1,
});
