/** One step in building the file system that a command sees, in the terms of that file system (`to`). */
export type Mount =
  | { readonly kind: "bind"; readonly from: string; readonly to: string; readonly writable: boolean }
  | { readonly kind: "empty"; readonly to: string }
  | { readonly kind: "link"; readonly to: string; readonly target: string }
  | { readonly kind: "directory"; readonly to: string }
  | { readonly kind: "processes"; readonly to: string }
  | { readonly kind: "devices"; readonly to: string };

/** What a backend has to set up; it decides nothing by itself. */
export interface SandboxPlan {
  /** "host": everything of the machine, then the mounts. "nothing": the mounts alone, the root itself read-only. */
  readonly base: "host" | "nothing";
  readonly mounts: readonly Mount[];
  readonly network: boolean;
  /** Keep none of root's powers over the machine. */
  readonly dropCapabilities: boolean;
  /** Programs that it starts keep what setarch(8) set: the kernel resets that where a program could gain powers. */
  readonly keepPersonality: boolean;
  /** The machine's name for the command; null leaves it. */
  readonly hostname: string | null;
  /** Another user's id that the command has, with the files of the one who runs it; null leaves it. */
  readonly user: number | null;
  /** Where the command starts. */
  readonly cwd: string;
  readonly argv: readonly string[];
}

/** What backends need beside the plan. */
export interface BackendContext {
  /** The program that the backend is named for. */
  readonly program: string;
  /** An empty folder of the caller's. */
  readonly scratch: string;
}

/** A way to set up a plan: writes the /bin/sh script that does it and ends with the command. */
export interface Backend {
  readonly kind: "bubblewrap" | "unshare" | "none";
  /** The program to look for; null where none is needed. */
  readonly program: string | null;
  script(plan: SandboxPlan, context: BackendContext): string;
}

/** The powers that root keeps in a room: those over its own files and processes, as containers have them. */
export const keptCapabilities: readonly string[] = [
  "chown",
  "dac_override",
  "fowner",
  "fsetid",
  "kill",
  "setgid",
  "setuid",
];

/** How a backend's script says that it, and not the command, failed. */
export const backendFailure = "rung-sandbox: ";
