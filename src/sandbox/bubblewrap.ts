import { shellLine } from "../system/index.ts";
import { keptCapabilities, type Backend, type Mount, type SandboxPlan } from "./plan.ts";

/** bwrap: https://github.com/containers/bubblewrap. Works for root and, with user namespaces, for anyone. */
export const bubblewrap: Backend = {
  kind: "bubblewrap",
  program: "bwrap",
  script(plan, { program }) {
    return `exec ${shellLine([program, ...options(plan), "--", ...plan.argv])}\n`;
  },
};

function options(plan: SandboxPlan): string[] {
  return [
    ...(plan.base === "host" ? ["--dev-bind", "/", "/"] : ["--tmpfs", "/"]),
    ...plan.mounts.flatMap(option),
    ...(plan.base === "host" ? [] : ["--remount-ro", "/"]),
    ...(plan.hostname === null ? [] : ["--unshare-uts", "--hostname", plan.hostname]),
    ...(plan.user === null ? [] : ["--unshare-user", "--uid", `${plan.user}`, "--gid", `${plan.user}`]),
    "--unshare-pid",
    "--unshare-ipc",
    ...(plan.network ? [] : ["--unshare-net"]),
    ...(plan.dropCapabilities ? ["--cap-drop", "ALL", ...(plan.user === null ? keptOptions() : [])] : []),
    "--die-with-parent",
    "--chdir",
    plan.cwd,
  ];
}

function keptOptions(): string[] {
  // Only root has any to keep; bwrap refuses the option to others.
  if (process.getuid?.() !== 0) return [];
  return keptCapabilities.flatMap((name) => ["--cap-add", `cap_${name}`]);
}

function option(mount: Mount): string[] {
  switch (mount.kind) {
    case "bind":
      return [mount.writable ? "--bind" : "--ro-bind", mount.from, mount.to];
    case "empty":
      return ["--tmpfs", mount.to];
    case "link":
      return ["--symlink", mount.target, mount.to];
    case "directory":
      return ["--dir", mount.to];
    case "processes":
      return ["--proc", mount.to];
    case "devices":
      return ["--dev", mount.to];
  }
}
