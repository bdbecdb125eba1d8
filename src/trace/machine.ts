import os from "node:os";
import { basename } from "node:path";
import type { TracedMachine } from "../model/index.ts";
import type { RunRequest } from "../sandbox/index.ts";
import { exists, listNames, readText, realPath } from "../system/index.ts";

/** Numerical libraries and thread runtimes, by their file names. */
const numerical =
  /(?:^|\/)lib(?:[a-z0-9_]*openblas|mkl_|blis|atlas|cblas|blas|lapack|gomp|iomp5|omp|tbb|cublas|cudart|cudnn|nccl|rocblas|vecLib)[^/]*\.(?:so|dylib|pyd)/iu;

/** The machine as the run found it. `loaded` are the libraries that it opened. */
export function tracedMachine(request: RunRequest, loaded: readonly string[]): TracedMachine {
  const inRoom = request.scope === "room";
  const variable = (name: string): string | undefined =>
    request.command.env[name] ?? request.variables[name] ?? (inRoom ? undefined : process.env[name]);
  const [cpu] = os.cpus();
  const libraries = loaded.filter((file) => numerical.test(file)).map((file) => basename(file));
  return {
    platform: `${os.platform()}-${os.arch()} ${os.release()}`,
    cpu: cpu?.model.trim() ?? "",
    cpuCount: Math.max(os.availableParallelism(), 1),
    cpuFeatures: features(),
    memoryBytes: os.totalmem(),
    numericalLibraries: [...new Set(libraries)].sort(),
    gpus: gpus(),
    locale: variable("LC_ALL") || variable("LC_CTYPE") || variable("LANG") || (inRoom ? "C.UTF-8" : "C"),
    timeZone: variable("TZ") || (inRoom ? "UTC" : zone()),
  };
}

/** The machine's own: by the link that says it, since Intl takes 15 ms to load. */
function zone(): string {
  const named = /\/zoneinfo\/(?:(?:posix|right)\/)?(.+)$/u.exec(realPath("/etc/localtime") ?? "")?.[1];
  return named ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The flags of the first processor (Linux); on ARM they are called features. */
function features(): readonly string[] {
  if (!exists("/proc/cpuinfo")) return [];
  const line = /^(?:flags|Features)[ \t]*:(.*)$/mu.exec(readText("/proc/cpuinfo"))?.[1] ?? "";
  return line.split(" ").filter(Boolean).sort();
}

function gpus(): readonly string[] {
  return listNames("/proc/driver/nvidia/gpus").map((name) => {
    const file = `/proc/driver/nvidia/gpus/${name}/information`;
    const model = exists(file) ? /^Model:[ \t]*(.+)$/mu.exec(readText(file))?.[1] : undefined;
    return model?.trim() ?? name;
  });
}
