import { enterBareRoot } from "../../../sandbox/index.ts";
import { thisLockPlatform } from "../../../lock/index.ts";
import { ToolError } from "../../../model/index.ts";
import { joinPath, listTree, runProcess, sha256 } from "../../../system/index.ts";
import type { Bundle } from "../../bundle/bundle.ts";
import type { Member, Part } from "../../tree/member.ts";
import { libraryFolders, scratchRoot } from "../base/scratch.ts";
import type { DeferredPart } from "../layers/part-layer.ts";
import { writeMembers } from "./write-members.ts";

/** Parts that the launcher reads to make an environment; in an image it lies there made. */
export const installedFrom: ReadonlySet<string> = new Set(["wheels", "tools"]);
/** Sets and so the order of what is compiled would hang on the hash seed. */
export const installVariables = { PYTHONHASHSEED: "0", LC_ALL: "C.UTF-8", TZ: "UTC" };
/** Installing and compiling some hundred packages takes minutes on a slow machine. */
const timeoutMs = 30 * 60_000;
const user = 65532;

/**
 * The parts of a bundle as an image has them: instead of wheels the environment that the launcher makes of them, with
 * compiled code, for the place that it has in the image. It is made by the packed Python itself, in a root that holds
 * nothing but the bundle, only when a layer of it is not at hand. `workDirectory` is an empty folder until then.
 * What is for another platform cannot run here: there the wheels stay, and the launcher installs them on first use.
 */
export function imageParts(
  bundle: Bundle,
  { top, workDirectory, progress }: EnvironmentOptions,
): readonly (Part | DeferredPart)[] {
  const { manifest, parts } = bundle;
  if (bundle.platform !== thisLockPlatform()) return parts;
  const kept = parts.filter(({ id }) => !installedFrom.has(id));
  const runtime = kept.findIndex(({ id }) => id === "runtime") + 1;
  const made: DeferredPart = {
    id: "dependencies",
    what: `${manifest.wheels.length} packages, installed`,
    identity: (below) =>
      sha256(JSON.stringify([manifest.environment, below.map(({ descriptor }) => descriptor.digest)])),
    make: async () => {
      progress(`installing ${manifest.wheels.length} packages for the image`);
      return installed(bundle, top, workDirectory);
    },
  };
  return [...kept.slice(0, runtime), made, ...kept.slice(runtime)];
}

interface EnvironmentOptions {
  /** The bundle's folder in the image. */
  readonly top: string;
  readonly workDirectory: string;
  readonly progress: (message: string) => void;
}

async function installed({ parts }: Bundle, top: string, workDirectory: string): Promise<readonly Member[]> {
  const root = joinPath(workDirectory, "root");
  const app = joinPath(root, top);
  for (const { id, members } of parts) if (id !== "project") writeMembers(members, app);
  writeMembers(scratchRoot(parts, top).members, root);
  const bind = (from: string, to: string, writable = false) => ({
    from: joinPath(root, from),
    to: `/${to}`,
    writable,
  });
  const libraries = libraryFolders.map((folder) => bind(`${top}/runtime/lib`, folder));
  const binds = [bind("bin", "bin"), ...libraries, bind(top, top, true)];
  const entered = await enterBareRoot(
    { binds, argv: [`/${top}/run`, "--install", "--compile"], cwd: "/", user },
    workDirectory,
  );
  const result = await runProcess(entered.argv, { cwd: "/", env: installVariables, timeoutMs });
  if (result.exitCode !== 0) {
    const said = result.stderr.toString("utf8").trim().split("\n").slice(-5).join("\n");
    throw new ToolError(
      "ENVIRONMENT_FAILED",
      `The packages could not be installed for the image: ${said || (result.failure ?? "no reason was told")}`,
    );
  }
  return environmentMembers(joinPath(app, "env"));
}

function environmentMembers(folder: string): readonly Member[] {
  return listTree(folder).entries.flatMap(({ path, kind, mode }): Member[] => {
    if (kind === "other") return [];
    const at = `env/${path}`;
    if (kind === "directory") return [{ path: at, kind, mode: 0o755, content: null }];
    const bits = (mode & 0o100) === 0 ? 0o644 : 0o755;
    return [
      { path: at, kind, mode: kind === "file" ? bits : 0o777, content: { path: joinPath(folder, path) } },
    ];
  });
}
