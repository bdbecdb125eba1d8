import {
  cacheDirectory,
  exists,
  readText,
  removeTree,
  sha256,
  writeAtomic,
} from "../../../../system/index.ts";
import type { Reference } from "../reference.ts";

/** Where an upload was begun, kept for the case that this run is killed. */
export interface KeptSession {
  find(): string | null;
  keep(location: string): void;
  forget(): void;
}

export function keptSession({ host, repository }: Reference, digest: string): KeptSession {
  const path = cacheDirectory("uploads", sha256(`${host}/${repository}@${digest}`));
  return {
    find: () => (exists(path) ? readText(path) : null),
    // Whoever has the address may write to the upload.
    keep: (location) => writeAtomic(path, location, 0o600),
    forget: () => removeTree(path),
  };
}
