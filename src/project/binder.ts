import { makeFinding, type Finding, type Manifest } from "../model/index.ts";

/** Binder's folders, the one that counts first. */
const folders = ["binder/", ".binder/"] as const;

/** What repo2docker builds from in such a folder, the first that is there; its scripts complete the image. */
const files = [/^environment\.yml$/u, /^Pipfile$/u, /^requirements\.txt$/u, /^postBuild$/u, /^start$/u];

/** The folder that Binder builds from, with a slash at its end; null where there is none. */
function binderFolder(paths: readonly string[]): string | null {
  return folders.find((folder) => paths.some((path) => path.startsWith(folder))) ?? null;
}

/**
 * The file of Binder's folder that says what to install, as repo2docker chooses it: environment.yml before Pipfile before
 * requirements.txt. https://repo2docker.readthedocs.io/en/latest/config_files.html
 */
export function binderSpec(manifests: readonly Manifest[]): Manifest | null {
  const folder = binderFolder(manifests.map(({ path }) => path));
  if (folder === null) return null;
  for (const name of files) {
    const found = manifests.find(
      ({ path, isLock, requirements }) =>
        !isLock && path.startsWith(folder) && name.test(path.slice(folder.length)) && requirements.length > 0,
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** Two folders at once: repo2docker refuses them. */
export function binderFindings(paths: readonly string[]): readonly Finding[] {
  const [first, second] = folders.map((folder) => paths.find((path) => path.startsWith(folder)));
  if (first === undefined || second === undefined) return [];
  return [
    makeFinding("binder-folders-contradict", "warning", "Both binder/ and .binder/ are there", {
      file: second,
      why: "Binder refuses a project that has both.",
      fix: "Keep one of them.",
    }),
  ];
}
