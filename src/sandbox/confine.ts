import { homedir } from "node:os";
import { dirname } from "node:path";
import type { BuildNeeds, Confine } from "../environments/index.ts";
import {
  exists,
  findProgram,
  isInside,
  joinPath,
  makeDirectory,
  realPath,
  toNative,
  writeScratch,
} from "../system/index.ts";
import { copyTree } from "./copy-tree.ts";
import { backendNamed, detectIsolation } from "./detect.ts";
import type { Mount } from "./plan.ts";
import { roomName } from "./machine-settings.ts";
import { addVisible, systemMounts } from "./room-plan.ts";
import { copyRule } from "./tree-parts.ts";

/** What a verdict says where confineBuilds gives null. */
export const unconfinedBuilds =
  "package builds are not confined here (no bubblewrap, no user namespaces): they run with your rights";

/**
 * Confinement for command lines that may run build backends, which are code of the project or of its packages: they
 * see the system's software, an empty home and what they need; they write to the folders that they are given and to
 * a temporary folder that goes with them. A project at `root` that is built itself is built in a copy, seen at its
 * own path. The network is the owner's, since builds download what they need. Null where nothing here can confine.
 */
export async function confineBuilds(root: string): Promise<Confine | null> {
  const backend = backendNamed(await detectIsolation());
  const program = backend.program === null ? null : findProgram(backend.program);
  if (program === null) return null;
  const ownersTree = realPath(root) ?? root;
  return (argv, needs) => {
    const scratch = joinPath(needs.scratch, "scratch");
    makeDirectory(scratch);
    const plan = {
      base: "nothing",
      mounts: buildMounts(argv[0] ?? "", needs, ownersTree),
      network: true,
      dropCapabilities: true,
      keepPersonality: false,
      hostname: roomName,
      user: null,
      cwd: needs.cwd,
      argv,
    } as const;
    // A file of bytes, as for commands: names that are not UTF-8 do not pass as arguments.
    const script = joinPath(needs.scratch, "enter");
    writeScratch(script, toNative(`export TMPDIR=/tmp\n${backend.script(plan, { program, scratch })}`));
    return ["/bin/sh", script];
  };
}

const hosts = "/etc/hosts";

function buildMounts(uv: string, needs: BuildNeeds, ownersTree: string): Mount[] {
  const mounts = systemMounts(needs.scratch);
  const home = homedir();
  if (home !== "/") mounts.push({ kind: "empty", to: home });
  // Software that was put there by hand, which compilers and libraries may be.
  for (const path of ["/opt", "/etc/resolv.conf", uv, ...needs.reads]) {
    if (exists(path)) addVisible(mounts, path);
  }
  // An index may be known by the machine's own list alone.
  if (exists(hosts)) mounts.push({ kind: "bind", from: hosts, to: hosts, writable: false });
  if (needs.builds !== null) mounts.push(...builtTree(needs.builds, needs.scratch, ownersTree));
  else if (needs.cwd !== "/") addVisible(mounts, needs.cwd);
  for (const path of needs.writes) mounts.push({ kind: "bind", from: path, to: path, writable: true });
  return mounts;
}

/** Backends such as setuptools write beside the source. What is not the owner's (an unpacked archive) may take it. */
function builtTree(tree: string, scratch: string, ownersTree: string): Mount[] {
  const real = realPath(tree) ?? tree;
  if (!isInside(real, ownersTree) && !isInside(ownersTree, real)) {
    return [{ kind: "bind", from: tree, to: tree, writable: true }];
  }
  const copy = joinPath(scratch, "tree");
  const shown: string[] = [];
  copyTree(tree, copy, (folder) => {
    const rule = copyRule(tree, folder);
    if (rule === "show") shown.push(folder);
    return rule !== "copy" || isInside(joinPath(tree, folder), dirname(scratch));
  });
  return [
    { kind: "bind", from: copy, to: tree, writable: true },
    ...shown.map((folder): Mount => {
      const path = joinPath(tree, folder);
      return { kind: "bind", from: path, to: path, writable: false };
    }),
  ];
}
