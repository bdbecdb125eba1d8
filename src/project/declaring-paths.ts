/** Folders in which projects keep the files that declare what they need or run, by custom. */
const folders =
  /^(?:requirements|\.?binder|\.?devcontainer|docker|conda|conda[-_]envs?|envs?|environments?|workflow|workflow\/(?:envs|rules)|rules)\/[^/]+$/u;

/** So many files in those folders are data that happens to lie there. */
const most = 200;

/**
 * The files that may declare something: all at the root, and at most 200 in the folders where such files are kept. Any
 * other folder holds a project of its own, an example or a copy of one.
 */
export function declaringPaths(paths: readonly string[]): readonly string[] {
  const root = paths.filter((path) => !path.includes("/"));
  return [...root, ...paths.filter((path) => folders.test(path)).slice(0, most)];
}
