import { cacheDirectory, joinPath, listNames, sha256, writeAtomic } from "../../../system/index.ts";
import { hexOf } from "../oci/descriptor.ts";

/** In which repositories of a registry a blob was seen: from there a registry can take it without its being sent. */
export function knownPlaces(host: string): {
  find(digest: string): readonly string[];
  keep(digest: string, repository: string): void;
} {
  const folderOf = (digest: string): string =>
    cacheDirectory("registries", sha256(host).slice(0, 16), hexOf(digest));
  return {
    find: (digest) => listNames(folderOf(digest)).map(decodeURIComponent).slice(0, 3),
    keep(digest, repository) {
      const name = encodeURIComponent(repository);
      const folder = folderOf(digest);
      if (!listNames(folder).includes(name)) writeAtomic(joinPath(folder, name), "");
    },
  };
}
