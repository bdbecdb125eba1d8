import { ToolError, type Isolation } from "../model/index.ts";
import { findProgram, runProcess, temporaryDirectory } from "../system/index.ts";
import { bare } from "./bare.ts";
import { bubblewrap } from "./bubblewrap.ts";
import type { Backend, SandboxPlan } from "./plan.ts";
import { unshare } from "./unshare.ts";

/** Best first. A new way to isolate is one file and one line here. */
export const backends: readonly Backend[] = [bubblewrap, unshare, bare];

let detected: Promise<Isolation["kind"]> | undefined;

/**
 * How commands can be isolated here: found by really running a program so, once a process. RUNG_ISOLATION
 * (bubblewrap, unshare or none) overrides. Throws ToolError USAGE where that names nothing.
 */
export function detectIsolation(): Promise<Isolation["kind"]> {
  const wanted = process.env["RUNG_ISOLATION"];
  if (wanted !== undefined && wanted !== "") return Promise.resolve(backendNamed(wanted).kind);
  detected ??= firstThatWorks();
  return detected;
}

export function backendNamed(kind: string): Backend {
  const backend = backends.find((candidate) => candidate.kind === kind);
  if (backend !== undefined) return backend;
  throw new ToolError("USAGE", `RUNG_ISOLATION=${kind} names no kind of isolation`, {
    hint: `Use one of ${backends.map((candidate) => candidate.kind).join(", ")}, or leave it unset.`,
  });
}

async function firstThatWorks(): Promise<Isolation["kind"]> {
  for (const backend of backends) if (await works(backend)) return backend.kind;
  return "none";
}

/** True where the backend runs a program in a room: probed by running `true`. */
export async function works(backend: Backend): Promise<boolean> {
  if (backend.program === null) return true;
  const program = findProgram(backend.program);
  if (program === null) return false;
  const scratch = temporaryDirectory("probe");
  try {
    const script = backend.script(probePlan(scratch.path), { program, scratch: scratch.path });
    return (await runProcess(["/bin/sh", "-c", script], { timeoutMs: 10_000 })).exitCode === 0;
  } finally {
    scratch[Symbol.dispose]();
  }
}

function probePlan(scratch: string): SandboxPlan {
  return {
    base: "host",
    mounts: [
      { kind: "processes", to: "/proc" },
      { kind: "bind", from: scratch, to: "/tmp", writable: true },
    ],
    network: false,
    dropCapabilities: true,
    keepPersonality: false,
    hostname: null,
    user: null,
    cwd: "/",
    argv: ["/bin/sh", "-c", ":"],
  };
}
