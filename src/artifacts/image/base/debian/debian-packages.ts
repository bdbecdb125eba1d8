import { ToolError } from "../../../../model/index.ts";
import {
  cacheDirectory,
  copyFileAtomic,
  exists,
  hashFile,
  joinPath,
  listNames,
  makeDirectory,
  runProcess,
  type ProcessResult,
} from "../../../../system/index.ts";
import type { DebianLock, DebianPackage } from "./debian-lock.ts";

export interface DebianRequest {
  readonly suite: string;
  readonly architecture: string;
  /** Absolute path of mmdebstrap. */
  readonly program: string;
  /** An empty folder of the caller's. */
  readonly workDirectory: string;
}

const timeoutMs = 20 * 60_000;

export const debPath = (sha256: string): string => cacheDirectory("debs", sha256);

export async function mmdebstrap(
  program: string,
  words: readonly string[],
  epoch: number,
): Promise<ProcessResult> {
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch), LC_ALL: "C.UTF-8", TZ: "UTC" };
  return runProcess([program, "--quiet", "--variant=essential", ...words], { timeoutMs, env });
}

/** What Debian's archive serves now: its packages are checked by its signature and put into Rung's cache. */
export async function fetchPackages(request: DebianRequest): Promise<readonly DebianPackage[]> {
  const { suite, architecture, program, workDirectory } = request;
  const folder = joinPath(workDirectory, "debs");
  makeDirectory(folder);
  const result = await mmdebstrap(
    program,
    [
      "--format=null",
      "--skip=essential/unlink",
      `--architectures=${architecture}`,
      `--customize-hook=copy-out /var/cache/apt/archives ${folder}`,
      suite,
      "/dev/null",
    ],
    0,
  );
  if (result.exitCode !== 0) throw failed(`Debian ${suite} could not be fetched`, result);
  const archives = joinPath(folder, "archives");
  const packages: DebianPackage[] = [];
  for (const name of listNames(archives).filter((one) => one.endsWith(".deb"))) {
    const file = joinPath(archives, name);
    const fields = await controlFields(file);
    const sha256 = hashFile(file);
    if (!exists(debPath(sha256))) copyFileAtomic(file, debPath(sha256));
    packages.push({ name: fieldOf(fields, "Package"), version: fieldOf(fields, "Version"), sha256 });
  }
  return packages;
}

/** Brings what is missing of a lock into Rung's cache. Throws ToolError DOWNLOAD_FAILED for what is no longer served. */
export async function ensurePackages(lock: DebianLock, request: DebianRequest): Promise<void> {
  const isKept = ({ sha256 }: DebianPackage): boolean =>
    exists(debPath(sha256)) && hashFile(debPath(sha256)) === sha256;
  if (lock.packages.every(isKept)) return;
  await fetchPackages(request);
  const gone = lock.packages.filter((one) => !isKept(one));
  if (gone.length === 0) return;
  const names = gone.slice(0, 5).map(({ name, version }) => `${name} ${version}`);
  throw new ToolError(
    "DOWNLOAD_FAILED",
    `Debian no longer serves ${gone.length} of the pinned packages: ${names.join(", ")}`,
    {
      hint: `Bring the .deb files into ${cacheDirectory("debs")}, each named by its sha256, or delete the lock to pin anew.`,
    },
  );
}

/** The control file of a .deb (deb822), as text. */
export async function controlFields(file: string): Promise<string> {
  const result = await runProcess(["dpkg-deb", "-f", file], { timeoutMs });
  if (result.exitCode !== 0) throw failed(`${file} is no Debian package`, result);
  return result.stdout.toString("utf8").trimEnd();
}

const fieldOf = (fields: string, name: string): string =>
  fields
    .split("\n")
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2) ?? "";

export function failed(what: string, { stderr, failure }: ProcessResult): ToolError {
  const said = stderr.toString("utf8").trim().split("\n").slice(-3).join("; ");
  return new ToolError("DOWNLOAD_FAILED", `${what}: ${said || (failure ?? "no reason was told")}`);
}
