import { ToolError } from "../../../model/index.ts";
import type { Member, Part } from "../../tree/member.ts";

/** Who a container runs as: a number that is nobody's on usual systems (as "distroless" images have it). */
export const imageUser = 65532;

/** Where programs look for their loader and their libraries, by the psABI supplements and glibc's own habits. */
export const libraryFolders = ["lib", "lib64", "usr/lib", "usr/lib64"] as const;

/**
 * What an image has at the root where it stands on no other: `/bin/sh`, and the folders of libraries that it starts with,
 * as links to what is packed below `top`; users, `/tmp` and `/out`. `parts` are those below `top`.
 * Throws ToolError TOOL_MISSING where no shell is among them.
 */
export function scratchRoot(parts: readonly Part[], top: string): Part {
  const shell = packedShell(parts);
  if (shell === null) {
    throw new ToolError("TOOL_MISSING", "No shell is packed, and an image on no base needs one", {
      hint: "Install dash, or give a base that has /bin/sh: rung image --base FILE.",
    });
  }
  const link = (at: string, to: string): Member => ({
    path: at,
    kind: "symlink",
    mode: 0o777,
    content: { bytes: Buffer.from(`/${top}/${to}`) },
  });
  return {
    id: "root",
    what: "a shell, users and empty folders",
    members: [
      link("bin/sh", shell),
      ...libraryFolders.map((folder) => link(folder, "runtime/lib")),
      textFile(
        "etc/passwd",
        `root:x:0:0:root:/root:/bin/sh\nrung:x:${imageUser}:${imageUser}:rung:/out:/bin/sh\n`,
      ),
      textFile("etc/group", `root:x:0:\nrung:x:${imageUser}:\n`),
      ...emptyFolders(),
    ],
  };
}

/** The program itself, which the kernel can start, rather than a script that starts it; null where none is packed. */
export function packedShell(parts: readonly Part[]): string | null {
  const packed = new Set(parts.flatMap(({ members }) => members.map(({ path }) => path)));
  const names = ["libexec/sh", "libexec/dash", "bin/sh"].map((name) => `runtime/${name}`);
  return names.find((path) => packed.has(path)) ?? null;
}

/** `/tmp`, and `/out` for what the commands leave. */
export function emptyFolders(): readonly Member[] {
  return [
    { path: "tmp", kind: "directory", mode: 0o1777, content: null },
    { path: "out", kind: "directory", mode: 0o755, owner: imageUser, content: null },
  ];
}

const textFile = (at: string, text: string): Member => ({
  path: at,
  kind: "file",
  mode: 0o644,
  content: { bytes: Buffer.from(text) },
});
