/** What Rung's cache holds, by kind; all else in it is shown as "other" and left alone. */
export interface CacheKind {
  readonly name: string;
  /** Folders and files of the cache. */
  readonly places: readonly (readonly string[])[];
  /** How it is pruned: `made`: folders that a record names, by when each was last used; `files`: each by when it was last
   *  read; `uv`: by uv itself; `never`: others rest on it, or it cannot be made again. */
  readonly prune: "made" | "files" | "uv" | "never";
}

/** In the order in which files that are linked from several are counted: each in the first. */
export const cacheKinds: readonly CacheKind[] = [
  { name: "package downloads", places: [["packages", "uv"]], prune: "uv" },
  { name: "environments", places: [["packages", "environments"]], prune: "made" },
  { name: "notebook kernels", places: [["packages", "kernels"]], prune: "made" },
  { name: "interpreters", places: [["python"]], prune: "never" },
  { name: "tools", places: [["tools"]], prune: "never" },
  { name: "artifacts of locks", places: [["artifacts"], ["chosen-artifacts"]], prune: "files" },
  { name: "layers and runtimes of images", places: [["layers"], ["runtimes"]], prune: "files" },
  // Debian keeps a package only until the next one.
  { name: "Debian packages of images", places: [["debs"]], prune: "never" },
  {
    name: "what was read",
    places: [
      "source",
      "configs",
      "resolutions",
      "module-owners",
      "python-names",
      "recovered-locks",
      "digests",
    ].map((name) => [name]),
    prune: "files",
  },
  { name: "layers of images", places: [["layers"], ["bases"], ["registries"], ["uploads"]], prune: "files" },
  { name: "surveys", places: [["surveys"]], prune: "never" },
  { name: "records of read-only projects", places: [["projects"]], prune: "never" },
];
