import { spawnSync } from "node:child_process";
import fs from "node:fs";
import type { Said } from "./cli.ts";

/** A shell that needs no library: all that a bare root has. Null where this machine has none. */
export const staticShell = ["/bin/busybox", "/usr/bin/busybox"].find(
  (file) => fs.existsSync(file) && spawnSync("ldd", [file]).status !== 0,
);

export interface BareRoot {
  /** A folder of this machine, and where it is seen. */
  readonly folder: string;
  readonly at: string;
  readonly readOnly?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a shell line where there is nothing but one folder, a static shell at /bin/sh, /proc, /dev and an empty /tmp: no
 * network, no library, no home; as nobody where the test itself is root.
 */
export function inBareRoot(line: string, { folder, at, readOnly, environment = {} }: BareRoot): Said {
  const isRoot = process.getuid?.() === 0;
  const asNobody = "setpriv --reuid 65534 --regid 65534 --clear-groups".split(" ");
  const room =
    "bwrap --unshare-all --die-with-parent --clearenv --tmpfs / --proc /proc --dev /dev --tmpfs /tmp";
  const variables = Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]);
  const words = [
    ...(isRoot ? asNobody : []),
    ...room.split(" "),
    "--ro-bind",
    staticShell ?? "",
    "/bin/sh",
    readOnly === true ? "--ro-bind" : "--bind",
    folder,
    at,
    "--remount-ro",
    "/",
    "--chdir",
    "/",
    ...variables,
    "/bin/sh",
    "-c",
    line,
  ];
  const [program = "", ...rest] = words;
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: "utf8" });
  return { code: status ?? -1, stdout, stderr };
}

/** Gives a tree to nobody, where the test is root. */
export function giveToNobody(folder: string): void {
  if (process.getuid?.() === 0) spawnSync("chown", ["-R", "65534:65534", folder]);
}
