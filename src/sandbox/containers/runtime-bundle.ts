import { randomUUID } from "node:crypto";
import { joinPath, makeDirectory, runProcess, writeScratch } from "../../system/index.ts";
import { engineVariables } from "./command-line.ts";
import type { ContainerEngine, ContainerProcess } from "./container-engine.ts";

/** runc and crun run a bundle of the OCI runtime-spec: a root file system and config.json. */
export function ociRuntime(id: "runc" | "crun"): ContainerEngine {
  return {
    id,
    async load(image, program, scratch) {
      const state = joinPath(scratch, `${id}-state`);
      makeDirectory(state);
      const env = engineVariables();
      const answers = await runProcess([program, "--root", state, "list"], { cwd: "/", env });
      if (answers.exitCode !== 0) return answers.stderr.toString("utf8").trim() || `${id} does not answer`;
      const rootfs = await image.rootfs();
      return {
        start(container, place) {
          writeScratch(joinPath(place, "config.json"), JSON.stringify(runtimeConfig(rootfs, container)));
          const name = `rung-${randomUUID().slice(0, 12)}`;
          return { argv: [program, "--root", state, "run", "--bundle", place, name], env };
        },
        async [Symbol.asyncDispose]() {},
      };
    },
  };
}

/** The configuration of a container (OCI runtime-spec v1.0.2, config.md and config-linux.md). */
function runtimeConfig(rootfs: string, container: ContainerProcess): unknown {
  const [uid = 0, gid = 0] = container.user.split(":").map(Number);
  const nothing: readonly string[] = [];
  const rootless = process.getuid?.() !== 0;
  const own = { hostUid: process.getuid?.() ?? 0, hostGid: process.getgid?.() ?? 0 };
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: false,
      user: { uid, gid },
      args: container.argv,
      env: Object.entries(container.env).map(([name, value]) => `${name}=${value}`),
      cwd: container.cwd,
      capabilities: Object.fromEntries(
        ["bounding", "effective", "inheritable", "permitted", "ambient"].map((set) => [set, nothing]),
      ),
      noNewPrivileges: true,
    },
    root: { path: rootfs, readonly: true },
    hostname: "rung",
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      {
        destination: "/dev",
        type: "tmpfs",
        source: "tmpfs",
        options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
      },
      {
        destination: "/dev/pts",
        type: "devpts",
        source: "devpts",
        options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
      },
      {
        destination: "/dev/shm",
        type: "tmpfs",
        source: "shm",
        options: ["nosuid", "noexec", "nodev", "mode=1777"],
      },
      { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "mode=1777"] },
      ...container.binds.map(({ from, to, writable }) => ({
        destination: to,
        type: "bind",
        source: from,
        options: ["rbind", writable ? "rw" : "ro"],
      })),
    ],
    linux: {
      namespaces: ["pid", "network", "ipc", "uts", "mount", ...(rootless ? ["user"] : [])].map((type) => ({
        type,
      })),
      ...(rootless
        ? {
            uidMappings: [{ containerID: uid, hostID: own.hostUid, size: 1 }],
            gidMappings: [{ containerID: gid, hostID: own.hostGid, size: 1 }],
          }
        : {}),
    },
  };
}
