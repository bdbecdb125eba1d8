import { secretByName } from "../../artifacts/index.ts";
import type { Output, RunInput, TracedFile } from "../../model/index.ts";
import { isCode } from "../circumstances.ts";

/** A file that a run took or left. */
export interface AccountFile {
  /** Relative to the project's root; where `isOutside`, absolute, or below "~", the owner's home. */
  readonly path: string;
  readonly isOutside: boolean;
  readonly isCode: boolean;
  /** sha256 (hex): of an input as the run found it, of an output as it left it. Null where that is not known. */
  readonly digest: string | null;
  readonly size: number | null;
  /** Why there is no digest, or what else a reader has to know. */
  readonly note: string | null;
  /** The processes that touched it, by id; empty where none was seen to. */
  readonly processes: readonly string[];
}

const unknown = "changed while the run went on: what it held before is not known";
const secret = "its name says that it holds a secret: no digest is given";

/** What the run took from the tree and from outside of it. Software, caches of Python and temporary files are no inputs. */
export function inputsOf(
  traced: readonly TracedFile[],
  outputs: readonly Output[],
  before: readonly RunInput[],
  hide: (text: string) => string,
): readonly AccountFile[] {
  const recorded = new Map(before.map(({ path, digest }) => [path, digest]));
  const changes = new Map(outputs.map(({ path, change }) => [path, change]));
  return byPath(
    traced.flatMap((file) => {
      const { path, area, read, written, changedWhileRunning } = file;
      const change = area === "tree" ? changes.get(path) : written ? "modified" : undefined;
      if (!isTold(file) || !read || change === "created") return [];
      if (file.size === null && change !== "deleted") return [];
      const isKnown = (change === undefined || change === "rewritten") && !changedWhileRunning;
      const found = asAccount(file, hide, isKnown ? null : unknown);
      const digest = area === "tree" && found.note !== secret ? recorded.get(path) : undefined;
      return digest === undefined
        ? found
        : { ...found, digest, size: digest === file.digest ? file.size : null, note: null };
    }),
  );
}

/** What the run left: in the tree what was found there after it, elsewhere what it was seen to write. */
export function outputsOf(
  traced: readonly TracedFile[],
  outputs: readonly Output[],
  hide: (text: string) => string,
): readonly AccountFile[] {
  const seen = new Map(traced.flatMap((file) => (file.area === "tree" ? [[file.path, file] as const] : [])));
  const inTree = outputs.flatMap(({ path, digest, size, symlink }): AccountFile[] => {
    if (digest === null) return [];
    const note = symlink ? "a symbolic link: the digest is that of its target's name" : null;
    const processes = seen.get(path)?.processes ?? [];
    return [{ path, isOutside: false, isCode: isCode(path), digest, size, note, processes }];
  });
  const elsewhere = traced.filter((file) => file.area === "outside" && file.written && file.size !== null);
  return byPath([...inTree, ...elsewhere.map((file) => asAccount(file, hide, null))]);
}

function asAccount(file: TracedFile, hide: (text: string) => string, why: string | null): AccountFile {
  const { path, area, processes } = file;
  // Who knows the digest of a short secret can find the secret.
  const note = secretByName(path) === null ? why : secret;
  const isOutside = area !== "tree";
  return {
    path: isOutside ? hide(path) : path,
    isOutside,
    isCode: isCode(path),
    digest: note === null ? file.digest : null,
    size: note === null ? file.size : null,
    note,
    processes,
  };
}

const isTold = ({ area }: TracedFile): boolean => area === "tree" || area === "outside";

function byPath(files: readonly AccountFile[]): readonly AccountFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}
