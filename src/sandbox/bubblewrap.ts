import { shellLine } from "../system/index.ts";
import { keptCapabilities, type Backend, type Mount, type SandboxPlan } from "./plan.ts";

/** bwrap: https://github.com/containers/bubblewrap. Works for root and, with user namespaces, for anyone. */
export const bubblewrap: Backend = {
  kind: "bubblewrap",
  program: "bwrap",
  script(plan, { program }) {
    return `exec ${shellLine([program, ...options(plan), "--", ...bounded(plan), ...plan.argv])}\n`;
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
    ...(plan.dropCapabilities ? ["--cap-drop", "ALL", ...keptOptions(plan)] : []),
    "--die-with-parent",
    "--chdir",
    plan.cwd,
  ];
}

/** Only root has any to keep; bwrap refuses the option to others. */
function keptCapabilitiesOf(plan: SandboxPlan): readonly string[] {
  return process.getuid?.() === 0 && plan.user === null ? keptCapabilities : [];
}

function keptOptions(plan: SandboxPlan): string[] {
  const kept = keptCapabilitiesOf(plan);
  const own = isBounded(plan) ? [...kept, "setpcap"] : kept;
  return own.flatMap((name) => ["--cap-add", `cap_${name}`]);
}

/** bwrap leaves the bounding set as it was, so that each program root starts could gain all powers, if it were let. */
function isBounded(plan: SandboxPlan): boolean {
  return plan.keepPersonality && plan.dropCapabilities && keptCapabilitiesOf(plan).length > 0;
}

function bounded(plan: SandboxPlan): string[] {
  const kept = keptCapabilities.map((name) => `,+${name}`).join("");
  return isBounded(plan) ? ["setpriv", `--bounding-set=-all${kept}`, "--inh-caps=-setpcap"] : [];
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
