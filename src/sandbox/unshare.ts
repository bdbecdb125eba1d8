import { joinPath, shellLine, shellQuote } from "../system/index.ts";
import { backendFailure, keptCapabilities, type Backend, type Mount, type SandboxPlan } from "./plan.ts";

/**
 * unshare of util-linux and a script of mounts: the new root is built in a scratch folder, then pivot_root(2) makes it
 * the root and the old one is let go, so that none of the host's mounts can be reached. An ordinary user becomes
 * root of a user namespace to mount, and is itself again for the command.
 */
export const unshare: Backend = {
  kind: "unshare",
  program: "unshare",
  script(plan, { program, scratch }) {
    const isRoot = process.getuid?.() === 0;
    const namespaces = ["--mount", "--pid", "--ipc", "--fork", "--kill-child", "--propagation", "private"];
    if (!isRoot) namespaces.push("--user", "--map-root-user");
    if (plan.hostname !== null) namespaces.push("--uts");
    if (!plan.network) namespaces.push("--net");
    const inner = innerScript(
      plan,
      joinPath(scratch, "root"),
      isRoot ? rootPrefix(plan, program) : userPrefix(plan, program),
    );
    // So that it ends with Rung, however that ends; --kill-child carries it on to the command.
    const bound = `if command -v setpriv > /dev/null; then set -- setpriv --pdeathsig KILL; fi`;
    return `${bound}\nexec "$@" ${shellLine([program, ...namespaces, "/bin/sh", "-c", inner])}\n`;
  },
};

function innerScript(plan: SandboxPlan, root: string, prefix: string): string {
  return `
owner_path=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
fail() { echo "${backendFailure}$1" >&2; exit 125; }
${prelude}
new=${shellQuote(root)}
mkdir -p "$new"
${plan.base === "host" ? 'mount --rbind / "$new" || fail "cannot bind /"' : 'empty "$new"'}
${plan.mounts.map((mount) => `${step(mount)}\n`).join("")}
${plan.base === "host" ? "" : 'mount -o remount,bind,ro "$new" || fail "cannot close the root"'}
${plan.network ? "" : "ip link set lo up 2>/dev/null || true"}
${plan.hostname === null ? "" : hostnameStep(plan.hostname)}
cd "$new" && pivot_root . . && umount -l . && cd / || fail "cannot change the root"
cd ${shellQuote(plan.cwd)} || fail "cannot enter the folder"
${prefix}
PATH=$owner_path
{ echo 50 > /proc/sys/kernel/ns_last_pid; } 2>/dev/null || : # whatever was started to get here
run ${shellLine(plan.argv)}
exit $?
`;
}

/** mount(8) forgets a mount's other flags when it makes it read-only, and in a user namespace they may not be taken off:
 *  so they are read from mountinfo (octal escapes in it are for space, tab, newline and backslash) and given again. */
const prelude = `
empty() { mkdir -p "$1" && mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$1" || fail "cannot mount $1"; }
place() {
  if [ -d "$1" ]; then mkdir -p "$2"; else mkdir -p "$(dirname "$2")"; [ -e "$2" ] || : > "$2"; fi
  mount --rbind "$1" "$2" || fail "cannot bind $1"
}
freeze() {
  while read -r _ _ _ _ at flags _; do
    case "$at" in *\\\\*) at=$(printf %b "$at") ;; esac
    case "$at" in "$1"|"$1"/*) ;; *) continue ;; esac
    keep=ro
    for flag in nosuid nodev noexec noatime nodiratime relatime; do
      case ",$flags," in *",$flag,"*) keep=$keep,$flag ;; esac
    done
    mount -o "remount,bind,$keep" "$at" || fail "cannot make $at read-only"
  done < /proc/self/mountinfo
}
devices() {
  empty "$1"
  for name in null zero full random urandom tty; do place "/dev/$name" "$1/$name"; done
  ln -s /proc/self/fd "$1/fd"; ln -s fd/0 "$1/stdin"; ln -s fd/1 "$1/stdout"; ln -s fd/2 "$1/stderr"
  mkdir "$1/shm" "$1/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$1/shm" || fail "cannot mount $1/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$1/pts" 2>/dev/null && ln -s pts/ptmx "$1/ptmx"
}`;

function step(mount: Mount): string {
  const to = `"$new"${shellQuote(mount.to)}`;
  switch (mount.kind) {
    case "bind":
      return `place ${shellQuote(mount.from)} ${to}${mount.writable ? "" : `; freeze ${to}`}`;
    case "empty":
      return `empty ${to}`;
    case "link":
      return `mkdir -p "$(dirname ${to})"; ln -s ${shellQuote(mount.target)} ${to}`;
    case "directory":
      return `mkdir -p ${to}`;
    case "processes":
      return `mkdir -p ${to}; mount -t proc -o nosuid,nodev,noexec proc ${to} || fail "cannot mount /proc"`;
    case "devices":
      return `devices ${to}`;
  }
}

function hostnameStep(name: string): string {
  const quoted = shellQuote(name);
  return `hostname ${quoted} 2>/dev/null || echo ${quoted} > /proc/sys/kernel/hostname || fail "cannot set the host name"`;
}

function rootPrefix(plan: SandboxPlan, program: string): string {
  const user = plan.user === null ? "" : `${asUser(program, plan.user, plan.user)} `;
  if (!plan.dropCapabilities) return `run() { ${user}"$@"; }`;
  const kept = keptCapabilities.map((name) => `,+${name}`).join("");
  return `setpriv=$(command -v setpriv) || fail "setpriv is missing"
run() { ${user}"$setpriv" --no-new-privs --inh-caps=-all --bounding-set=-all${kept} "$@"; }`;
}

/** The numbers are read outside: inside, everyone is root. */
function userPrefix(plan: SandboxPlan, program: string): string {
  const user = asUser(program, plan.user ?? process.getuid?.() ?? 0, plan.user ?? process.getgid?.() ?? 0);
  return `if ${user} true 2>/dev/null; then run() { ${user} "$@"; }; else run() { "$@"; }; fi`;
}

function asUser(program: string, user: number, group: number): string {
  return `${shellQuote(program)} --user --map-user=${user} --map-group=${group}`;
}
