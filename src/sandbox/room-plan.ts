import { homedir } from "node:os";
import { basename } from "node:path";
import {
  decodeName,
  entryKind,
  exists,
  isInside,
  joinPath,
  makeDirectory,
  readLink,
} from "../system/index.ts";
import { followLinks } from "./links.ts";
import { hiddenFolders } from "./machine-packages.ts";
import { settingsMounts } from "./machine-settings.ts";
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
  // How many processors there are, which numerical libraries ask; nothing on network cards.
  "/sys/devices/system",
];
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
  /** Where the environment is: its own packages stay visible, even where it is an installation's. */
  readonly prefix: string;
  /** A folder of this run's own. */
  readonly scratch: string;
}

/** Where the tree is in a room: never its own path, so that a path written into the code does not work by luck. */
export function roomTreePath(root: string): string {
  const name = /[\ud800-\udfff]/u.test(root) ? "project" : basename(root) || "project";
  const path = joinPath(roomTrees, name);
  return path === root ? joinPath("/home/clean-room", name) : path;
}

/** What every file system of our own making begins with: the system's software, and nothing of its owner. */
export function systemMounts(scratch: string): Mount[] {
  return [
    ...systemFolders.flatMap(systemMount),
    ...settingsMounts(joinPath(scratch, "etc")),
    ...emptyFolders.map((to): Mount => ({ kind: "empty", to })),
    { kind: "processes", to: "/proc" },
    { kind: "devices", to: "/dev" },
  ];
}

/** The file system of a clean room: the system's software, the environment, the copy, and nothing else of the machine. */
export function roomMounts(contents: RoomContents): Mount[] {
  const mounts = systemMounts(contents.scratch);
  for (const path of contents.readOnlyPaths) addVisible(mounts, path);
  if (mounts.some((mount) => mount.kind === "bind" && isInside(mount.to, contents.root))) {
    mounts.push({ kind: "empty", to: contents.root });
  }
  mounts.push(...hidden(contents));
  if (contents.network && exists("/etc/resolv.conf")) addVisible(mounts, "/etc/resolv.conf");
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
export function addVisible(mounts: Mount[], path: string): void {
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

/** An empty folder in the place of each: read-only, as what it hides. */
function hidden({ readOnlyPaths, prefix, scratch }: RoomContents): Mount[] {
  const nothing = joinPath(scratch, "nothing");
  makeDirectory(nothing);
  return hiddenFolders(readOnlyPaths, prefix).map((to) => ({
    kind: "bind",
    from: nothing,
    to,
    writable: false,
  }));
}
