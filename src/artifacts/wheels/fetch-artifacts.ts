import { indexSettings } from "../../environments/index.ts";
import { each } from "../../lock/index.ts";
import { ToolError } from "../../model/index.ts";
import { cacheDirectory, exists, fetchFile, joinPath, withExclusive } from "../../system/index.ts";
import { settledDigest } from "../tree/settled-digest.ts";
import { fileOf, type LockedArtifact } from "./choose-artifacts.ts";
import { transferReport } from "./transfer-report.ts";

/** A file of a lock, as it lies in Rung's cache. */
export interface FetchedArtifact {
  readonly artifact: LockedArtifact;
  readonly filename: string;
  readonly path: string;
}

/**
 * Brings these files into Rung's cache, several at once, each checked against the sha256 of the lock; what is there
 * already is checked, not fetched. A killed call goes on where it was. `folder` is where relative paths of the lock start.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED, DISK_FULL or PATH_UNREADABLE.
 */
export async function fetchArtifacts(
  artifacts: readonly LockedArtifact[],
  folder: string,
  progress: (message: string) => void,
): Promise<readonly FetchedArtifact[]> {
  const report = transferReport(artifacts, progress);
  return each(artifacts, async (artifact) => {
    const filename = fileOf(artifact);
    if (!/^[0-9a-f]{64}$/u.test(artifact.sha256) || !/^[\w.!+-]+$/u.test(filename)) {
      throw new ToolError(
        "LOCK_FAILED",
        `${artifact.name} is locked without a name or a hash to fetch it by`,
        {
          hint: "Lock anew: rung lock",
        },
      );
    }
    const path = artifactPath(artifact.sha256, filename);
    await withExclusive(`${path}.lock`, async () => {
      if (exists(path) && settledDigest(path) === artifact.sha256) return report.kept(artifact);
      await fetchFile(sourceOf(artifact, folder), path, {
        sha256: artifact.sha256,
        onBytes: (bytes) => report.has(artifact, bytes),
      });
    });
    return { artifact, filename, path };
  });
}

/** Where a file of this content lies in the cache. */
function artifactPath(sha256: string, filename: string): string {
  return cacheDirectory("artifacts", sha256.slice(0, 2), sha256, filename);
}

/** The bytes that are still to be fetched of these, as far as the lock tells sizes. */
export function bytesToFetch(artifacts: readonly LockedArtifact[]): number {
  const missing = artifacts.filter((one) => !exists(artifactPath(one.sha256, fileOf(one))));
  return missing.reduce((sum, { size }) => sum + (size ?? 0), 0);
}

function sourceOf({ url }: LockedArtifact, folder: string): string {
  if (!/^[a-z][a-z+]*:\/\//iu.test(url)) return new URL(`file://${encodeURI(joinPath(folder, url))}`).href;
  return withCredentials(url);
}

/** A lock holds no passwords: those that the owner set for an index hold for the files on the same server. */
function withCredentials(url: string): string {
  const target = URL.parse(url);
  if (target === null || target.username !== "") return url;
  const { indexUrl, extraIndexUrls } = indexSettings();
  for (const index of [indexUrl, ...extraIndexUrls]) {
    const known = URL.parse(index);
    if (known === null || known.username === "" || known.host !== target.host) continue;
    target.username = known.username;
    target.password = known.password;
    return target.href;
  }
  return url;
}
