import { availableParallelism } from "node:os";
import { exists, findProgram, joinPath, runProcess, shellLine } from "../../system/index.ts";
import type { HookControl } from "../hook.ts";
import type { Conditions } from "./conditions.ts";

/** What stands between the sandbox and the command, and what of the conditions it could not do. */
export interface Launch {
  /** The command's argv with what comes before it; the process stays the same. */
  wrap(argv: readonly string[]): readonly string[];
  /** What stands before the kernel of a notebook alone: its runner needs the real clock for its time limits. */
  readonly beforeKernel: readonly string[];
  readonly control: Partial<HookControl>;
  readonly notMet: readonly string[];
}

/** Pages by which two layouts differ: some megabytes, and an odd number, so that few low bits of an address stay the same. */
const pagesApart = 1061;
/** The kernel leaves this much for the stack at least, in KiB; above it, its limit says where libraries lie. */
const leastStackGap = 131_072;

/** A shell that sets what a process hands on (limits, umask, processors, personality) and becomes the command. */
export async function planLaunch(
  conditions: Conditions,
  isNotebook: boolean,
  python: string,
): Promise<Launch> {
  const { umask, addresses, processOffset = 0, cpus, oneProcessor, clock } = conditions;
  const notMet: string[] = [];
  const lines: string[] = [];
  const prefix: string[] = [];
  const beforeKernel: string[] = [];
  const control: { -readonly [name in keyof HookControl]?: HookControl[name] } = {};
  if (umask !== undefined) lines.push(`umask ${umask.toString(8).padStart(4, "0")}`);
  if (processOffset > 0) lines.push(`i=0; while [ $i -lt ${processOffset} ]; do (:); i=$((i + 1)); done`);
  if (addresses !== undefined) {
    if (await canFixAddresses()) prefix.push("setarch", "-R");
    else notMet.push("memory addresses could not be fixed: setarch -R is missing or not allowed here");
    const stack = leastStackGap + 8192 + addresses * pagesApart * 4;
    if (addresses > 0) lines.push(`ulimit -S -s ${stack} 2>/dev/null || :`);
  }
  const allowed = oneProcessor === undefined ? cpus : [oneProcessor];
  if (oneProcessor !== undefined) control.cpuCount = cpus?.length ?? availableParallelism();
  if (allowed !== undefined) {
    if (findProgram("taskset") === null) notMet.push("processors could not be chosen: taskset is missing");
    else prefix.push("taskset", "-c", allowed.join(","));
  }
  if (clock !== undefined) {
    const library = canFake(python) ? faketime() : null;
    if (library === null) {
      control.clock = clock;
      notMet.push(
        `the clock is fixed for Python's time module alone, not for datetime: libfaketime ${canFake(python) ? "is missing" : `does not go with Python ${python}`}`,
      );
    } else {
      // A kernel reads the clock as well, in one run more often than in another: it stands still there, and goes on for
      // Python's time module alone.
      if (isNotebook) control.clock = clock;
      const stands = isNotebook ? `${clock}` : `@${clock} i0.001`;
      const variables = Object.entries(faketimeVariables(library, stands));
      const place = isNotebook ? beforeKernel : prefix;
      place.push("env", ...variables.map(([name, value]) => `${name}=${value}`));
    }
  }
  const script = [...lines, `exec ${shellLine(prefix)} "$@"`].join("\n");
  const isPlain = lines.length === 0 && prefix.length === 0;
  return {
    wrap: (argv) => (isPlain ? argv : ["/bin/sh", "-c", script, "rung", ...argv]),
    beforeKernel,
    control,
    notMet,
  };
}

/** Before 3.9, Python's locks wait until a time of the real clock, and end at once under a faked one. */
function canFake(python: string): boolean {
  const [major = 3, minor = 0] = python.split(".").map(Number);
  return major > 3 || minor >= 9;
}

const libraryFolders = [
  "/usr/lib/x86_64-linux-gnu/faketime",
  "/usr/lib/aarch64-linux-gnu/faketime",
  "/usr/lib64/faketime",
  "/usr/lib/faketime",
];

/** Not its variant for several threads, whose lock makes them wait for long: Python reads the clock in one at a time. Null
 *  where it is not installed. */
function faketime(): string | null {
  return libraryFolders.map((folder) => joinPath(folder, "libfaketime.so.1")).find(exists) ?? null;
}

/** The variables with which a program sees a wall clock this many days ahead; null where libfaketime is not installed. */
export function clockAhead(days: number): Readonly<Record<string, string>> | null {
  const library = faketime();
  return library === null ? null : faketimeVariables(library, `+${days}d`);
}

/** https://github.com/wolfcw/libfaketime: the wall clock alone, so that time limits and the times of files are real. */
function faketimeVariables(library: string, clock: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME_FMT: "%s",
    FAKETIME: clock,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    // Else each wait of a thread for its turn takes 100 ms.
    FAKETIME_FORCE_MONOTONIC_FIX: "0",
    NO_FAKE_STAT: "1",
  };
}

let fixable: Promise<boolean> | undefined;

/** Containers may forbid it. */
function canFixAddresses(): Promise<boolean> {
  fixable ??= runProcess(["setarch", "-R", "true"], { timeoutMs: 10_000 }).then(
    ({ exitCode }) => exitCode === 0,
  );
  return fixable;
}
