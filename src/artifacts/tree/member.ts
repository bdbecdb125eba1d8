/** Where the bytes of a file, or the target of a symbolic link, come from: a file or link of this machine, or memory. */
export type Content = { readonly path: string } | { readonly bytes: Buffer };

/** One file, symbolic link or folder of a tree that is handed over. */
export interface Member {
  /** Relative to the tree's top, with "/" (bytes that are not UTF-8 kept as lone surrogates, as `decodeName` gives them). */
  readonly path: string;
  readonly kind: "file" | "symlink" | "directory";
  /** Permission bits: 0o755 or 0o644 for files, whatever the umask of whoever made them; 0o777 for links. */
  readonly mode: number;
  /** The user and the group that own it, where it is not root's (0). */
  readonly owner?: number;
  /** Null for a folder. */
  readonly content: Content | null;
}

/** A part of what is handed over, made from one thing and changed with it alone: a layer of an image, a folder of a pack. */
export interface Part {
  /** "runtime", "dependencies", "tools", "project", ... */
  readonly id: string;
  /** In words: "CPython 3.11.7 with its libraries". */
  readonly what: string;
  /** What decides every byte of the members, where their maker knows: no two contents ever have one identity. */
  readonly identity?: string;
  readonly members: readonly Member[];
}
