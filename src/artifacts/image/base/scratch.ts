import path from "node:path";
import { ToolError } from "../../../model/index.ts";
import type { Member, Part } from "../../tree/member.ts";

/** Who a container runs as: a number that is nobody's on usual systems (as "distroless" images have it). */
export const imageUser = 65532;

/** Where each platform's programs look for their loader, by its name (the psABI supplements and glibc's own table). */
const loaderFolders: Readonly<Record<string, string>> = {
  "ld-linux-x86-64.so.2": "lib64",
  "ld-linux-aarch64.so.1": "lib",
};
const libraryFolders = ["lib", "lib64", "usr/lib"];

/**
 * What an image has at the root where it stands on no other: `/bin/sh` and the loader and C library that it starts with,
 * as links to those packed below `top`; users, `/tmp` and `/out`. `parts` are those below `top`.
 * Throws ToolError TOOL_MISSING where no shell is among them.
 */
export function scratchRoot(parts: readonly Part[], top: string): Part {
  const packed = new Map(
    parts.flatMap(({ members }) => members.map(({ path: at }) => [path.posix.basename(at), at] as const)),
  );
  const shell = ["dash", "busybox"].flatMap((name) => packedProgram(parts, name))[0];
  if (shell === undefined) {
    throw new ToolError("TOOL_MISSING", "No shell is packed, and an image on no base needs one", {
      hint: "Install dash, or give a base that has /bin/sh: rung image --base FILE.",
    });
  }
  const loader = Object.keys(loaderFolders).find((name) => packed.has(name));
  const libc = packed.get("libc.so.6");
  const links: [string, string][] = [["bin/sh", shell]];
  if (loader !== undefined) links.push([`${loaderFolders[loader]}/${loader}`, packed.get(loader) ?? ""]);
  if (libc !== undefined) for (const folder of libraryFolders) links.push([`${folder}/libc.so.6`, libc]);
  return {
    id: "root",
    what: "a shell, users and empty folders",
    members: [
      ...links.map(([at, to]) => linkTo(at, `/${top}/${to}`)),
      textFile(
        "etc/passwd",
        `root:x:0:0:root:/root:/bin/sh\nrung:x:${imageUser}:${imageUser}:rung:/out:/bin/sh\n`,
      ),
      textFile("etc/group", `root:x:0:\nrung:x:${imageUser}:\n`),
      ...emptyFolders(),
    ],
  };
}

/** `/tmp`, and `/out` for what the commands leave. */
export function emptyFolders(): readonly Member[] {
  return [
    { path: "tmp", kind: "directory", mode: 0o1777, content: null },
    { path: "out", kind: "directory", mode: 0o755, owner: imageUser, content: null },
  ];
}

/** The program itself rather than a script that starts it: what lies in no folder named "bin" goes first. */
function packedProgram(parts: readonly Part[], name: string): readonly string[] {
  return parts
    .flatMap(({ members }) => members)
    .filter(({ path: at, kind }) => kind === "file" && path.posix.basename(at) === name)
    .map(({ path: at }) => at)
    .sort((a, b) => Number(a.includes("/bin/")) - Number(b.includes("/bin/")));
}

const linkTo = (at: string, target: string): Member => ({
  path: at,
  kind: "symlink",
  mode: 0o777,
  content: { bytes: Buffer.from(target) },
});

const textFile = (at: string, text: string): Member => ({
  path: at,
  kind: "file",
  mode: 0o644,
  content: { bytes: Buffer.from(text) },
});
