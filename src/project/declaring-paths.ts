/** Folders in which projects keep the files that declare what they need or run, by custom. */
const folders =
  /^(?:requirements|\.?binder|\.?devcontainer|docker|conda|conda[-_]envs?|envs?|environments?|workflow|workflow\/(?:envs|rules)|rules)\/[^/]+$/u;

/** So many files in those folders are data that happens to lie there. */
const most = 200;

/** Files that say what to install, by their usual names. */
const specs =
  /(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|environment\.ya?ml|pyproject\.toml|Pipfile|setup\.(?:py|cfg))$/u;

/**
 * The files that may declare something: all at the root, and at most 200 in the folders where such files are kept. Any
 * other folder holds a project of its own, an example or a copy of one; but where none of these says what to install and
 * one folder at the root holds the only requirements.txt, it is the whole project's (src/requirements.txt).
 */
export function declaringPaths(paths: readonly string[]): readonly string[] {
  const root = paths.filter((path) => !path.includes("/"));
  const found = [...root, ...paths.filter((path) => folders.test(path)).slice(0, most)];
  if (found.some((path) => specs.test(path))) return found;
  const [only, ...others] = paths.filter((path) => /^[^/]+\/requirements\.txt$/u.test(path));
  return only === undefined || others.length > 0 ? found : [...found, only];
}
