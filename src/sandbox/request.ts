import type { Command, Environment, Run } from "../model/index.ts";
import type { TreeEntry } from "../system/index.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { HookSettings } from "./hook.ts";

/** Where contents are kept by digest (sha256, hex); the store's blobs serve. */
export interface Blobs {
  put(bytes: Uint8Array): string;
  putFile(path: string): string;
  copyTo(digest: string, path: string): void;
}

/** What Rung brings along to run notebooks; null where it was not made. */
export interface NotebookTools {
  /** A Python that has nbclient. */
  readonly notebookPython: string | null;
  /** A folder with ipykernel's closure for the project's Python. */
  readonly kernelOverlay: string | null;
  /** Folders that these two need, visible (read-only) in a room. */
  readonly readOnlyPaths: readonly string[];
}

/** One execution of one command, and all that it may see. Paths are absolute. */
export interface RunRequest {
  readonly command: Command;
  /** Where the user's own tree is. */
  readonly root: string;
  /** The folder that is copied for the run: the root itself, or an unpacked archive. */
  readonly tree: string;
  /** "copy": the tree is fresh, all else the owner's. "room": nothing of the owner's is visible. */
  readonly scope: "copy" | "room";
  /** Its binDirectory comes first on PATH. */
  readonly environment: Environment;
  readonly tools: NotebookTools;
  /** Declared variables with their values; the command's own `env` wins. */
  readonly variables: Readonly<Record<string, string>>;
  /** So many are in os.environ: where there are fewer, the rest have names of ours and no value. */
  readonly variableCount?: number;
  /** Runs whose file outputs are laid over the tree first, in this order. */
  readonly after: readonly Run[];
  /** False cuts a room from every network; a copy always has the owner's. */
  readonly network: boolean;
  readonly blobs: Blobs;
  /** Where copies are made; the caller's, to remove. */
  readonly workDirectory: string;
  readonly onProgress?: (message: string) => void;
  /** Appended to the shell line, quoted. */
  readonly arguments?: readonly string[];
  /** The Python hook, where the run is observed, seeded or controlled. */
  readonly hook?: HookSettings;
  /** Words put before the command's own, for a program that watches it from inside its sandbox. `shared` is the folder
   *  shared with the command, as seen there. */
  readonly watcher?: (shared: string) => readonly string[];
  /** What is changed around the command, to see whether its outputs change. */
  readonly conditions?: Conditions;
}

export interface RunResult {
  readonly run: Run;
  /** The copy that the command ran in. */
  readonly tree: string;
  /** Where the tree was for the command. */
  readonly treeInside: string;
  /** The folder shared with the command: what the hook left is in it, by the names of `hookFiles`. */
  readonly shared: string;
  /** Its files and links after the run, by path, where they were looked at. */
  readonly after?: ReadonlyMap<string, TreeEntry>;
  /** Why it ended early where that may lie in the machine and not in the command, in words: it tells nothing of its outputs. */
  readonly cutShort: string | null;
  /** The conditions asked for that could not be made here, each in plain words. */
  readonly conditionsNotMet: readonly string[];
  /** Modules that the notebook's own code imported and that only Rung's tools provided. */
  readonly overlayImports: readonly string[];
  /** Files of the tree that could not be copied, and so were not there, with the reason. */
  readonly notCopied: readonly { readonly path: string; readonly reason: string }[];
}
