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
import { sha256 } from "../../system/index.ts";
import type { Part } from "../tree/member.ts";
import { fetchArtifacts, type FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import { lockedWheels } from "../wheels/locked-wheels.ts";
import type { BundleManifest, BundlePython } from "./bundle-manifest.ts";
import type { Bundle } from "./bundle.ts";
import { defaultCommand } from "./default-command.ts";
import { fileMember, launcherBytes, launcherPart } from "./launcher-part.ts";
import { installerWheel, notebookWheels } from "./own-tools.ts";
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
  /** A Python of this machine, to read locks with. */
  readonly interpreter: Interpreter;
  /** The interpreter with its libraries, and programs. */
  readonly runtime: BundleRuntime;
  readonly progress: (message: string) => void;
}

export interface BundleRuntime {
  readonly part: Part;
  readonly python: BundlePython;
  /** The version of the C library in it, "2.36". */
  readonly glibc: string | null;
  readonly findings: readonly Finding[];
}

/**
 * All that the commands need, as parts. Nothing of this machine goes in: no path, no user, no clock. What is fetched comes
 * from Rung's cache where it is there. Errors among the findings are what keeps the bundle from being complete.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED, LOCK_FAILED, DISK_FULL or PATH_UNREADABLE.
 */
export async function planBundle(request: BundleRequest): Promise<Bundle> {
  const { project, runtime, platform, interpreter, progress } = request;
  const target = { platform, python: runtime.python.version, glibc: runtime.glibc };
  const findings: Finding[] = [...runtime.findings, ...offlineFaults(request.commands)];
  const chosen =
    request.lock === null
      ? { wheels: [], toBuild: [], findings: [] }
      : await lockedWheels({ ...request, lock: request.lock, folder: project.root, target }, progress);
  findings.push(...chosen.findings);
  const wheels = await fetchArtifacts(chosen.wheels, project.root, progress);
  const installer = await installerWheel(target, interpreter, progress);
  const hasNotebook = request.commands.some(({ kind }) => kind === "notebook");
  const tools = hasNotebook ? await notebookWheels(target, interpreter, progress) : null;
  if (tools !== null && "rule" in tools) findings.push(tools);
  const toolWheels = tools === null || "rule" in tools ? null : tools;
  const files = await projectPart(project, request.files, progress);
  findings.push(...files.findings);
  const names = (all: readonly FetchedArtifact[]): string[] => all.map(({ filename }) => filename).sort();
  const manifest: BundleManifest = {
    schemaVersion: 1,
    name: project.name.replaceAll(/[^\w.-]+/gu, "-"),
    platform,
    python: runtime.python,
    commands: request.commands.map(({ name, kind, run, cwd, env, needs, timeoutSeconds }) => ({
      name,
      kind,
      run,
      cwd,
      env,
      needs,
      timeoutSeconds,
    })),
    defaultCommand: defaultCommand(request.commands),
    variables: Object.entries(project.config.variables).map(([name, variable]) => ({
      name,
      default: variable.secret || variable.default === undefined ? null : String(variable.default),
      secret: variable.secret,
    })),
    wheels: names(wheels),
    tools: toolWheels && { notebook: names(toolWheels.notebook), kernel: names(toolWheels.kernel) },
    ownPackage: null,
    environment: sha256(
      JSON.stringify([
        runtime.python,
        platform,
        [wheels, toolWheels?.notebook ?? [], toolWheels?.kernel ?? [], [installer]].map((all) =>
          all.map(({ artifact, filename }) => [filename, artifact.sha256]).sort(),
        ),
        launcherBytes().map(sha256),
      ]),
    ),
  };
  const parts: readonly Part[] = [
    runtime.part,
    ...(toolWheels === null
      ? []
      : [wheelPart("tools", "what runs notebooks", [...toolWheels.notebook, ...toolWheels.kernel])]),
    wheelPart("wheels", `${wheels.length} locked packages`, wheels),
    launcherPart(manifest, fileMember(`runtime/launcher/${installer.filename}`, installer.path)),
    files.part,
  ];
  return { manifest, platform, parts, findings };
}

/** Wheels in a folder of their own; what two tools share is there once. */
function wheelPart(id: "wheels" | "tools", what: string, wheels: readonly FetchedArtifact[]): Part {
  const byName = new Map(wheels.map(({ filename, path }) => [filename, path]));
  const folder = { path: id, kind: "directory", mode: 0o755, content: null } as const;
  const members = [...byName].map(([name, path]) => fileMember(`${id}/${name}`, path));
  return { id, what, members: [folder, ...members] };
}

function offlineFaults(commands: readonly Command[]): readonly Finding[] {
  return commands
    .filter(({ network }) => network)
    .map(({ name, fallback, location }) =>
      makeFinding(
        "pack-needs-network",
        fallback === null ? "error" : "warning",
        `${name} is declared to need the network.`,
        {
          file: location?.file ?? null,
          line: location?.line ?? null,
          why: "A pack runs where there is none.",
          fix: "Declare what it downloads under [data], with url and sha256, and read that; or name a fallback.",
        },
      ),
    );
}
