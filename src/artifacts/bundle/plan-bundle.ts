import {
  makeFinding,
  type Command,
  type Finding,
  type Interpreter,
  type Project,
  type ProjectFile,
  type Requirement,
} from "../../model/index.ts";
import type { LockFile, LockPlatform } from "../../lock/index.ts";
import { planRuntime } from "../runtime/plan-runtime.ts";
import type { Part } from "../tree/member.ts";
import type { Builds } from "../wheels/build-artifacts.ts";
import type { FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import { unpackLibraries } from "../wheels/wheel-libraries.ts";
import type { Bundle } from "./bundle.ts";
import { bundleWheels, type BundleWheels } from "./bundle-wheels.ts";
import { keptRuntime } from "./kept-runtime.ts";
import { bytesMember, fileMember, launcherPart } from "./launcher-part.ts";
import { makeManifest } from "./make-manifest.ts";
import { projectPart } from "./project-part.ts";

export interface BundleRequest {
  readonly project: Project;
  /** What others get of it (selectFiles). */
  readonly files: readonly ProjectFile[];
  /** Null where the project installs nothing. */
  readonly lock: LockFile | null;
  /** What the project runs with. */
  readonly declared: readonly Requirement[];
  readonly commands: readonly Command[];
  readonly platform: LockPlatform;
  /** The Python that is packed; for another platform, one of the same version there. */
  readonly interpreter: Interpreter;
  /** What the commands start beside Python, by name on PATH. */
  readonly programs: readonly string[];
  /** The version of the C library that goes along ("2.36"); null where that is not known. */
  readonly glibc: string | null;
  /** How packages without a wheel are built, where that is allowed. */
  readonly builds: Builds;
  /** True where the commands run only when the project itself is installed: a wheel of it goes in. */
  readonly needsItself: boolean;
  /** An empty folder whose files stay until the bundle is written. */
  readonly workDirectory: string;
  readonly progress: (message: string) => void;
}

/** A bundle, or the errors that say why there is none. */
export interface BundlePlan {
  readonly bundle: Bundle | null;
  readonly findings: readonly Finding[];
}

/**
 * All that the commands need, as parts. Nothing of this machine goes in: no path, no user, no clock. What is fetched comes
 * from Rung's cache where it is there. Errors among the findings are what keeps the bundle from being complete.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED, LOCK_FAILED, DISK_FULL or PATH_UNREADABLE.
 */
export async function planBundle(request: BundleRequest): Promise<BundlePlan> {
  const { project, commands, platform, interpreter, progress } = request;
  const target = { platform, python: interpreter.version, glibc: request.glibc };
  const hasNotebook = commands.some(({ kind }) => kind === "notebook");
  const wheels = await bundleWheels({
    ...request,
    tree: { root: project.root, files: request.files },
    name: project.name,
    target,
    hasNotebook,
  });
  const files = await projectPart(project, request.files, progress);
  const before = [...wheels.findings, ...files.findings, ...networkNeeds(commands)];
  if (before.some(isError)) return { bundle: null, findings: before };
  const compiled = [...wheels.project, ...wheels.notebook, ...wheels.kernel];
  const digests = compiled.map(({ artifact }) => artifact.sha256);
  const runtime = await keptRuntime({ ...request, wheels: digests }, async () => {
    progress("reading what the packages need of the system");
    const wheelLibraries = await unpackLibraries(compiled, `${request.workDirectory}/compiled`);
    return planRuntime({ ...request, wheelLibraries });
  });
  const findings = [...before, ...runtime.findings];
  if (runtime.part === null || findings.some(isError)) return { bundle: null, findings };
  const manifest = makeManifest(project, commands, platform, runtime.python, wheels);
  const installer = fileMember(`runtime/launcher/${wheels.installer.filename}`, wheels.installer.path);
  const packages = wheels.project.map(({ artifact: { name, version, sha256 }, filename }) => ({
    name,
    version,
    filename,
    sha256,
  }));
  const parts = [
    runtime.part,
    ...(manifest.tools === null ? [] : [toolsPart(wheels)]),
    wheelsPart(wheels),
    launcherPart(manifest, installer),
    files.part,
  ];
  return { bundle: { manifest, platform, packages, parts, findings }, findings };
}

const isError = ({ severity }: Finding): boolean => severity === "error";

function wheelsPart({ project, buildLocks }: BundleWheels): Part {
  const locks = [...buildLocks].map(([filename, text]) =>
    bytesMember(`wheels/built/${filename}.txt`, Buffer.from(text)),
  );
  const { members, ...part } = folderOfWheels("wheels", `${project.length} locked packages`, project);
  return { ...part, members: [...members, ...locks] };
}

const toolsPart = ({ notebook, kernel }: BundleWheels): Part =>
  folderOfWheels("tools", "what runs notebooks", [...notebook, ...kernel]);

/** Wheels in a folder of their own; what two tools share is there once. */
function folderOfWheels(id: string, what: string, wheels: readonly FetchedArtifact[]): Part {
  const byName = new Map(wheels.map(({ filename, path }) => [filename, path]));
  const folder = { path: id, kind: "directory", mode: 0o755, content: null } as const;
  return {
    id,
    what,
    members: [folder, ...[...byName].map(([name, path]) => fileMember(`${id}/${name}`, path))],
  };
}

function networkNeeds(commands: readonly Command[]): readonly Finding[] {
  const needing = commands.filter(({ network }) => network);
  return needing.map(({ name, location }) =>
    makeFinding(
      "pack-needs-network",
      "warning",
      `${name} is declared to need the network, and a pack runs without.`,
      {
        file: location?.file ?? null,
        line: location?.line ?? null,
        why: "What it fetches when it runs is not there.",
        fix: "Declare what it downloads under [data], with url and sha256, and read that; or name a fallback.",
      },
    ),
  );
}
