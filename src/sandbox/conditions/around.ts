import { basename } from "node:path";
import { exists, joinPath, makeDirectory, readText } from "../../system/index.ts";
import type { HookControl } from "../hook.ts";
import { roomName } from "../machine-settings.ts";
import type { Backend, Mount, SandboxPlan } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import type { Variables } from "../variables.ts";
import type { Conditions } from "./conditions.ts";
import { machineFile, planIdentity } from "./identity.ts";
import { planLaunch, type Launch } from "./launch.ts";
import { newPaths } from "./new-paths.ts";

/** What the conditions of a run put around its command. */
export interface Around {
  readonly mounts: readonly Mount[];
  readonly hostname: SandboxPlan["hostname"];
  readonly user: SandboxPlan["user"];
  /** Over the owner's variables; null takes one away. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly treeInside: string | null;
  readonly sharedInside: string | null;
  /** The empty folder in which the command starts. */
  readonly startFolder: { readonly real: string; readonly inside: string } | null;
  readonly wrap: Launch["wrap"];
  readonly beforeKernel: Launch["beforeKernel"];
  readonly control: Partial<HookControl>;
  readonly notMet: readonly string[];
}

/** The folders of a run, on the machine. */
export interface RunFolders {
  /** This run's own. */
  readonly directory: string;
  readonly root: string;
  readonly tree: string;
  readonly shared: string;
  /** Folders of the root that are shown, not copied. */
  readonly shown: readonly string[];
}

/** Nothing is changed: the command runs as its owner has it. */
const asItIs: Around = {
  mounts: [],
  hostname: null,
  user: null,
  variables: {},
  treeInside: null,
  sharedInside: null,
  startFolder: null,
  wrap: (argv) => argv,
  beforeKernel: [],
  control: {},
  notMet: [],
};

/** Plans the conditions of a request; `inherited` are the variables that the command has without them. */
export async function planConditions(
  request: RunRequest,
  backend: Backend,
  folders: RunFolders,
  inherited: Variables,
): Promise<Around> {
  const { conditions, scope } = request;
  const hostname = scope === "room" ? roomName : null;
  if (conditions === undefined) return { ...asItIs, hostname };
  const kind = backend.kind;
  const launch = await planLaunch(
    conditions,
    request.command.kind === "notebook",
    request.environment.interpreter.version,
  );
  const paths = planPaths(request, conditions, backend, folders, inherited);
  const identity =
    kind === "none"
      ? null
      : planIdentity(conditions, inherited, etcOf(scope, folders), joinPath(folders.directory, "etc"));
  return {
    ...paths,
    mounts: [...paths.mounts, ...(identity?.mounts ?? [])],
    hostname: identity?.hostname ?? hostname,
    user: identity?.user ?? null,
    variables: {
      ...paths.variables,
      ...identity?.variables,
      ...conditions.nativeVariables,
      ...conditions.variables,
    },
    wrap: launch.wrap,
    beforeKernel: launch.beforeKernel,
    control: {
      hidden: Object.keys(conditions.nativeVariables ?? {}).filter((name) => !(name in inherited)),
      ...launch.control,
      ...bareControl(conditions, kind),
      ...conditions.control,
    },
    notMet: [...launch.notMet, ...paths.notMet, ...(kind === "none" ? unmetWithoutSandbox(conditions) : [])],
  };
}

type Paths = Pick<Around, "mounts" | "variables" | "treeInside" | "sharedInside" | "startFolder" | "notMet">;

/** Tree, home, temporary and start folder, and the folder shared with us, at paths that are the same in each run. */
function planPaths(
  { scope }: RunRequest,
  conditions: Conditions,
  backend: Backend,
  folders: RunFolders,
  inherited: Variables,
): Paths {
  const { treePath, home, temporaryFolder, elsewhere = false, clock } = conditions;
  const paths = newPaths(backend.kind, scope);
  if (paths === null) {
    return { ...asItIs, notMet: unmetPaths(conditions, backend.kind === "none") };
  }
  const variables: Record<string, string | null> = {};
  const fresh = (name: string): string => {
    const folder = joinPath(folders.directory, name);
    makeDirectory(folder);
    return folder;
  };
  const more: Mount[] = [];
  let treeInside: string | null = null;
  if (treePath !== undefined) {
    const name = basename(folders.root);
    treeInside = paths.show(
      folders.tree,
      treePath === 1 ? `another place, further down/${name} 2` : `p${treePath}`,
    );
    for (const folder of folders.shown) {
      more.push({
        kind: "bind",
        from: joinPath(folders.root, folder),
        to: joinPath(treeInside, folder),
        writable: false,
      });
    }
  }
  if (home !== undefined) {
    variables["HOME"] = paths.show(fresh("home"), `home/another${home}`);
    const packages = joinPath(inherited["HOME"] ?? "/", ".local");
    // Packages of the user are part of the environment, which stays the same.
    const hasOwn = inherited["PYTHONNOUSERSITE"] === undefined && exists(joinPath(packages, "lib"));
    if (hasOwn && inherited["PYTHONUSERBASE"] === undefined) variables["PYTHONUSERBASE"] = packages;
  }
  // A room's own is fresh already.
  if (temporaryFolder !== undefined && (scope === "copy" || temporaryFolder > 0)) {
    const name = temporaryFolder === 0 ? "temporary" : `other/temporary/folder${temporaryFolder}`;
    variables["TMPDIR"] = paths.show(fresh("temporary"), name);
  }
  // libfaketime keeps its count there by process id, and those are the same in each sandbox.
  if (clock !== undefined && scope === "copy") more.push({ kind: "empty", to: "/dev/shm" });
  const real = elsewhere ? fresh("elsewhere") : null;
  const startFolder = real === null ? null : { real, inside: paths.show(real, "started here") };
  // Its path is in a variable, which must not differ between runs.
  const sharedInside = scope === "copy" ? paths.show(folders.shared, "rung") : null;
  return { mounts: [...paths.mounts, ...more], variables, treeInside, sharedInside, startFolder, notMet: [] };
}

function etcOf(scope: RunRequest["scope"], { directory }: RunFolders): (name: string) => string {
  if (scope === "copy") return machineFile;
  return (name) => {
    const path = joinPath(directory, "room", "etc", name);
    return exists(path) ? readText(path) : "";
  };
}

/** Where no namespace gives other process ids, Python tells them. */
function bareControl({ processOffset }: Conditions, kind: Backend["kind"]): Partial<HookControl> {
  return kind === "none" && processOffset !== undefined ? { processId: 40_000 + processOffset } : {};
}

const words = {
  treePath: "the project could not be put at another path",
  home: "another home folder could not be given",
  temporaryFolder: "the temporary folder could not be chosen",
  elsewhere: "it could not be started in another folder",
} as const;

function unmetPaths(conditions: Conditions, isBare: boolean): string[] {
  const why = isBare
    ? "nothing here can mount folders"
    : "no empty folder to mount them on (/mnt, /srv, /media)";
  const asked = Object.entries(words).filter(
    ([name]) => conditions[name as keyof typeof words] !== undefined,
  );
  return asked.map(([, said]) => `${said}: ${why}`);
}

function unmetWithoutSandbox({ hostname, otherUser, network, processOffset }: Conditions): string[] {
  const why = "nothing here isolates processes";
  return [
    ...(hostname === undefined ? [] : [`the machine's name could not be changed: ${why}`]),
    ...(otherUser === undefined ? [] : [`the user could not be changed: ${why}`]),
    ...(network === undefined ? [] : [`the network could not be taken away: ${why}`]),
    ...(processOffset === undefined ? [] : [`process ids are changed for Python's code alone: ${why}`]),
  ];
}
