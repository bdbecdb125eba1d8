import { ToolError, type Isolation } from "../model/index.ts";
import { findProgram, joinPath, makeDirectory, toNative, writeScratch } from "../system/index.ts";
import { backendNamed, detectIsolation } from "./detect.ts";
import type { Mount } from "./plan.ts";

/** A file system that holds what is bound into it, /proc, /dev and an empty /tmp, and nothing of the machine. */
export interface BareRoot {
  /** From absolute paths of this machine to those inside. */
  readonly binds: readonly { readonly from: string; readonly to: string; readonly writable: boolean }[];
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The user's id inside. */
  readonly user: number;
}

/**
 * The process that enters it, with no network and none of root's powers. `scratch` is an empty folder of the caller's.
 * Throws ToolError ISOLATION_UNAVAILABLE where nothing here can make such a room.
 */
export async function enterBareRoot(
  root: BareRoot,
  scratch: string,
): Promise<{ readonly argv: readonly string[]; readonly kind: Isolation["kind"] }> {
  const backend = backendNamed(await detectIsolation());
  const program = backend.program === null ? null : findProgram(backend.program);
  if (program === null) {
    throw new ToolError("ISOLATION_UNAVAILABLE", "An empty root needs bubblewrap or user namespaces", {
      hint: "Install bubblewrap (apt install bubblewrap), or allow user namespaces.",
    });
  }
  const binds = root.binds.map((bind): Mount => ({ kind: "bind", ...bind }));
  const own = joinPath(scratch, "root");
  makeDirectory(own);
  const text = backend.script(
    {
      base: "nothing",
      mounts: [
        { kind: "processes", to: "/proc" },
        { kind: "devices", to: "/dev" },
        { kind: "empty", to: "/tmp" },
        ...binds,
      ],
      network: false,
      dropCapabilities: true,
      keepPersonality: false,
      hostname: null,
      user: root.user,
      cwd: root.cwd,
      argv: root.argv,
    },
    { program, scratch: own },
  );
  const script = joinPath(scratch, "enter");
  writeScratch(script, toNative(text));
  return { argv: ["/bin/sh", script], kind: backend.kind };
}
