import { arch } from "node:os";
import { exists, readText, runProcess } from "../../system/index.ts";
import type { PerturbedMachine } from "./perturbation.ts";

/** What choices on this machine depend on. */
export async function perturbedMachine(): Promise<PerturbedMachine> {
  return {
    processors: allowedProcessors(readText("/proc/self/status")),
    locales: await installedLocales(),
    hasZoneNames: exists("/usr/share/zoneinfo/Asia/Kolkata"),
    timeZone: process.env["TZ"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    umask: process.umask(),
    architecture: arch(),
  };
}

/** Numbers of the processors that this process, and so a command of it, may use: proc(5), Cpus_allowed_list ("0-3,7"). */
export function allowedProcessors(status: string): number[] {
  const list = /^Cpus_allowed_list:\s*([\d,-]+)$/mu.exec(status)?.[1] ?? "0";
  return list.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, Math.min(last - first + 1, 4096)) }, (_, at) => first + at);
  });
}

async function installedLocales(): Promise<string[]> {
  const { stdout } = await runProcess(["locale", "-a"], { timeoutMs: 10_000 });
  const names = stdout.toString("latin1").split("\n").filter(Boolean);
  return names.filter((name) => !["C", "POSIX"].includes(name));
}
