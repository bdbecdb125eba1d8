import path from "node:path";
import { ToolError } from "../model/index.ts";
import {
  cacheDirectory,
  canWrite,
  entryKind,
  exists,
  makeDirectory,
  sha256,
  writeAtomic,
} from "../system/index.ts";

const about = `This folder is Rung's memory of this project: proofs, runs and the outputs that they left.

  rung.sqlite   records of runs and proofs
  blobs/        contents, each named by its sha256; small ones together in packs/

It is ignored by Git. Deleting it loses the proofs, and nothing else: "rung prove" makes them anew.
`;

/** Where the records of a project are kept: .rung/ in it, or a folder of the cache where the tree is read-only. */
export function storeDirectory(root: string): string {
  const inTree = path.join(root, ".rung");
  refuseForeign(inTree);
  if (exists(path.join(inTree, "rung.sqlite")) || canWrite(root)) return inTree;
  return cacheDirectory("projects", sha256(root).slice(0, 32));
}

/** What is examined may be anyone's: a link in the place of the folder would have us write wherever it leads. */
function refuseForeign(inTree: string): void {
  const kind = entryKind(inTree);
  if (kind === null || kind === "directory") return;
  throw new ToolError(
    "STORE_CORRUPT",
    `${inTree} is a ${kind === "other" ? "special file" : kind}, not a folder`,
    {
      hint: "Rung keeps its records there. Remove it, or give it another name; then run the same command again.",
    },
  );
}

/** Makes the folder, with the files that explain it and keep it out of Git. */
export function prepareDirectory(directory: string): void {
  makeDirectory(path.join(directory, "blobs"));
  if (!exists(path.join(directory, ".gitignore"))) writeAtomic(path.join(directory, ".gitignore"), "*\n");
  if (!exists(path.join(directory, "README.txt"))) writeAtomic(path.join(directory, "README.txt"), about);
}
