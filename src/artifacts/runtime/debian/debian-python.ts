import type { LockPlatform } from "../../../lock/index.ts";
import type { Progress } from "../../../environments/index.ts";
import { ToolError, type Interpreter } from "../../../model/index.ts";
import { exists, joinPath, makeDirectory } from "../../../system/index.ts";
import type { Installation } from "../installation.ts";
import { pythonHome } from "../python/python-home.ts";
import { fetchPackages, findPackages, unpackPackages } from "./fetch-packages.ts";
import { withDependencies } from "./package-index.ts";

/** What Debian calls the processors that Linux platforms are for. */
const architectures: Partial<Record<LockPlatform, string>> = {
  "linux-x86_64": "amd64",
  "linux-aarch64": "arm64",
};

/** Beside Python: a shell, the C library with its locale and time zones, and what wheels may count on (PEP 600). */
const beside = ["dash", "libc6", "libc-bin", "libgcc-s1", "libstdc++6", "zlib1g", "tzdata"];

/**
 * A Python of the same series for another processor, from the packages of the Debian (or kin) that this machine is, or
 * why none is to be had. Nothing of it is run. `folder` is where they are unpacked.
 */
export async function installationFromDebian(
  platform: LockPlatform,
  interpreter: Interpreter,
  programs: readonly string[],
  folder: string,
  progress: Progress,
): Promise<Installation | string> {
  const architecture = architectures[platform];
  if (architecture === undefined) return `nothing here serves a Python for ${platform}`;
  const series = interpreter.version.split(".").slice(0, 2).join(".");
  try {
    const find = await findPackages(architecture, progress);
    if (find === null) return `apt knows no packages for ${platform} here`;
    const python = find(`python${series}`);
    if (python === null) return `Debian's release here has no Python ${series} for ${platform}`;
    // A program is often called as its package.
    const wanted = programs.filter((name) => /^[a-z0-9][a-z0-9+.-]+$/u.test(name) && find(name) !== null);
    const { packages } = withDependencies(
      [`python${series}`, `python${series}-minimal`, ...beside, ...wanted],
      find,
      (name) => /^(?:lib|zlib)/u.test(name),
    );
    await unpackPackages(await fetchPackages(packages, progress), made(folder));
    const home = pythonHome({
      executable: joinPath(folder, "usr/bin", `python${series}`),
      version: python.version.split(/[-+~]/u)[0] ?? python.version,
      implementation: "cpython",
      basePrefix: joinPath(folder, "usr"),
    });
    if (home === null) return `Debian's Python ${series} for ${platform} holds no standard library`;
    return {
      root: folder,
      home: { ...home, origin: "debian" },
      variableFolders: [],
      locate: (name) =>
        (name.startsWith("/") ? [name] : [`/usr/bin/${name}`, `/bin/${name}`])
          .map((file) => joinPath(folder, file === "/bin/sh" ? "/bin/dash" : file))
          .find(exists) ?? null,
    };
  } catch (error) {
    if (error instanceof ToolError && stopping.has(error.code)) return error.message;
    throw error;
  }
}

const stopping = new Set(["NETWORK_UNAVAILABLE", "DOWNLOAD_FAILED", "TOOL_MISSING", "UNSAFE_ARCHIVE"]);

function made(folder: string): string {
  makeDirectory(folder);
  return folder;
}
