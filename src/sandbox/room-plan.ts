import { homedir } from "node:os";
import { basename } from "node:path";
import { decodeName, entryKind, exists, isInside, joinPath, readLink } from "../system/index.ts";
import { followLinks } from "./links.ts";
import type { Mount } from "./plan.ts";

export const roomHome = "/home/rung";
const roomTrees = "/home/room";

/** The system's own software: programs and libraries that no project declares. */
const systemFolders = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/nix/store",
  "/etc",
  // How many processors there are, which numerical libraries ask; nothing on network cards.
  "/sys/devices/system",
];
/** What only the machine's owner should know, although it lies in /etc. */
const secretFiles = ["/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-"];
const secretFolders = ["/etc/ssh", "/etc/ssl/private"];
const emptyFolders = ["/tmp", "/var/tmp", "/run", "/home", "/root"];

export interface RoomContents {
  /** Where the original tree is: never visible. */
  readonly root: string;
  readonly copy: string;
  /** Environment, interpreter, tools: visible at their own paths, read-only. */
  readonly readOnlyPaths: readonly string[];
  /** More binds, in the room's own folders. */
  readonly extra: readonly Mount[];
  readonly network: boolean;
}

/** Where the tree is in a room: never its own path, so that a path written into the code does not work by luck. */
export function roomTreePath(root: string): string {
  const name = /[\ud800-\udfff]/u.test(root) ? "project" : basename(root) || "project";
  const path = joinPath(roomTrees, name);
  return path === root ? joinPath("/home/clean-room", name) : path;
}

/** The file system of a clean room: the system's software, the environment, the copy, and nothing else of the machine. */
export function roomMounts(contents: RoomContents): Mount[] {
  const mounts: Mount[] = [];
  for (const folder of systemFolders) mounts.push(...systemMount(folder));
  for (const file of secretFiles.filter(exists)) {
    mounts.push({ kind: "bind", from: "/dev/null", to: file, writable: false });
  }
  for (const folder of [...emptyFolders, ...secretFolders.filter(exists)]) {
    mounts.push({ kind: "empty", to: folder });
  }
  mounts.push({ kind: "processes", to: "/proc" }, { kind: "devices", to: "/dev" });
  for (const path of contents.readOnlyPaths) addVisible(mounts, path);
  if (mounts.some((mount) => mount.kind === "bind" && isInside(mount.to, contents.root))) {
    mounts.push({ kind: "empty", to: contents.root });
  }
  if (contents.network) mounts.push(...resolverMount());
  mounts.push({ kind: "directory", to: roomHome }, ...contents.extra, {
    kind: "bind",
    from: contents.copy,
    to: roomTreePath(contents.root),
    writable: true,
  });
  return mounts;
}

function systemMount(folder: string): Mount[] {
  const kind = entryKind(folder);
  if (kind === "symlink") return [{ kind: "link", to: folder, target: decodeName(readLink(folder)) }];
  return kind === "directory" ? [{ kind: "bind", from: folder, to: folder, writable: false }] : [];
}

/** Makes a path of the machine visible, with the links on the way to it, where it is not visible yet. */
function addVisible(mounts: Mount[], path: string): void {
  const { links, end } = followLinks(path);
  for (const link of links) {
    if (!isBound(mounts, link.path)) mounts.push({ kind: "link", to: link.path, target: link.target });
  }
  for (const part of softwareOf(end)) {
    if (!isBound(mounts, part)) mounts.push({ kind: "bind", from: part, to: part, writable: false });
  }
}

/** A Python whose prefix is the home folder (or above it) brings its own folders only. */
function softwareOf(path: string): string[] {
  if (!isInside(path, homedir())) return [path];
  return ["bin", "lib", "lib64", "include"].map((part) => joinPath(path, part)).filter(exists);
}

function isBound(mounts: readonly Mount[], path: string): boolean {
  return mounts.some(
    (mount) =>
      (mount.kind === "bind" && isInside(mount.to, path)) || (mount.kind === "link" && mount.to === path),
  );
}

/** Where /etc/resolv.conf is a link into /run, what it leads to. */
function resolverMount(): Mount[] {
  const { links, end } = followLinks("/etc/resolv.conf");
  if (links.length === 0 || !exists(end)) return [];
  return [{ kind: "bind", from: end, to: end, writable: false }];
}
