import { ToolError } from "../../../../model/index.ts";
import {
  exists,
  fileSize,
  findProgram,
  hashFile,
  joinPath,
  makeDirectory,
  makeLink,
  moveEntry,
  readText,
  sha256,
  temporaryDirectory,
  writeAtomic,
  writeScratch,
} from "../../../../system/index.ts";
import { modificationTime } from "../../../archive/write-archive.ts";
import { layerCache } from "../../layers/layer-cache.ts";
import { mediaTypes } from "../../oci/descriptor.ts";
import type { BaseSource } from "../base-image.ts";
import { debianLockText, readDebianLock, type DebianLock } from "./debian-lock.ts";
import {
  controlFields,
  debPath,
  ensurePackages,
  failed,
  fetchPackages,
  mmdebstrap,
} from "./debian-packages.ts";
import type { DebianRequest } from "./debian-packages.ts";

export interface DebianChoice {
  /** "bookworm" */
  readonly suite: string;
  /** Says which packages, in which versions: read where it is there, else written. */
  readonly lockFile: string;
  readonly progress: (message: string) => void;
}

/** Goes up when the same packages are put together in another way. */
const recipe = 1;
/** What would differ from one building machine to the next, and what no container reads. */
const removed = ["etc/hostname", "etc/resolv.conf", "etc/apt/sources.list", "var/cache/ldconfig/aux-cache"];
const leftOut = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*"];

/**
 * The essential packages of a Debian release as a base of one layer, put together by mmdebstrap from .deb files that a lock
 * pins by hash. The same lock gives the same bytes. Throws ToolError TOOL_MISSING, LOCK_FAILED or DOWNLOAD_FAILED.
 */
export function debianBase({ suite, lockFile, progress }: DebianChoice): BaseSource {
  return {
    async open({ platform, cache }) {
      const program = findProgram("mmdebstrap");
      if (program === null) {
        throw new ToolError(
          "TOOL_MISSING",
          "A Debian base is put together by mmdebstrap, which is not installed",
          {
            hint: "apt install mmdebstrap, or give an image on disk: --base FILE.",
          },
        );
      }
      const { architecture } = platform;
      using work = temporaryDirectory("debian");
      const request = { suite, architecture, program, workDirectory: work.path };
      const lock = exists(lockFile)
        ? readDebianLock(readText(lockFile), lockFile)
        : await pin(request, lockFile, progress);
      if (lock.suite !== suite || lock.architecture !== architecture) {
        throw new ToolError("LOCK_FAILED", `${lockFile} pins Debian ${lock.suite} for ${lock.architecture}`, {
          hint: `Name another lock for ${suite} on ${architecture}.`,
        });
      }
      const modifiedAt = modificationTime(process.env["SOURCE_DATE_EPOCH"]);
      const kept = layerCache(cache);
      const key = sha256(`debian ${recipe} ${modifiedAt}\n${debianLockText(lock)}`);
      const found = kept.find(key);
      const layer = found ?? (await build(lock, request, modifiedAt, kept.place, progress));
      if (found === null) kept.keep(key, layer);
      const digest = `sha256:${layer.sha256}`;
      const what = `Debian ${suite}, ${lock.packages.length} packages`;
      return {
        name: `debian-bootstrap:${suite}`,
        digest,
        platform,
        layers: [
          {
            what,
            descriptor: { mediaType: mediaTypes.layer, digest, size: layer.size },
            diffId: digest,
            content: { path: kept.place(layer.sha256) },
            reused: found !== null,
          },
        ],
        history: [{ created_by: what }],
        variables: [],
      };
    },
  };
}

async function pin(
  request: DebianRequest,
  lockFile: string,
  progress: (message: string) => void,
): Promise<DebianLock> {
  progress(`pinning the packages of Debian ${request.suite}`);
  const lock = { ...request, packages: await fetchPackages(request) };
  writeAtomic(lockFile, debianLockText(lock));
  return lock;
}

async function build(
  lock: DebianLock,
  request: DebianRequest,
  modifiedAt: number,
  place: (sha256: string) => string,
  progress: (message: string) => void,
): Promise<{ readonly sha256: string; readonly size: number }> {
  await ensurePackages(lock, request);
  progress(`putting Debian ${lock.suite} together from ${lock.packages.length} packages`);
  const source = joinPath(request.workDirectory, "source");
  await writeSource(lock, source);
  // In the cache's own folder, so that it can be moved into place.
  makeDirectory(place("."));
  using room = temporaryDirectory("debian", place(".."));
  const tar = joinPath(room.path, "base.tar");
  const words = [
    "--skip=output/dev",
    `--architectures=${lock.architecture}`,
    ...leftOut.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    `--customize-hook=cd "$1" && rm -f ${removed.join(" ")}`,
    "",
    tar,
    `deb [trusted=yes] copy:${source} ./`,
  ];
  const result = await mmdebstrap(request.program, words, modifiedAt);
  if (result.exitCode !== 0) throw failed(`Debian ${lock.suite} could not be put together`, result);
  const digest = hashFile(tar);
  const size = fileSize(tar) ?? 0;
  moveEntry(tar, place(digest));
  return { sha256: digest, size };
}

/** The pinned packages as an archive that apt reads: the files, and a list of what each holds. */
async function writeSource({ packages }: DebianLock, folder: string): Promise<void> {
  makeDirectory(folder);
  const paragraphs: string[] = [];
  for (const { name, sha256: digest } of packages) {
    const file = `${name}-${digest.slice(0, 16)}.deb`;
    makeLink(debPath(digest), joinPath(folder, file));
    const fields = await controlFields(debPath(digest));
    const size = fileSize(debPath(digest)) ?? 0;
    paragraphs.push(`${fields}\nFilename: ./${file}\nSize: ${size}\nSHA256: ${digest}\n`);
  }
  writeScratch(joinPath(folder, "Packages"), paragraphs.join("\n"));
}
