import { posix } from "node:path";
import type { Manifest } from "../model/index.ts";
import { binderSpec } from "./binder.ts";

/** The formats that say what a project runs with; where several stand in one folder, the first of these counts. */
const formats = [
  "requirements.txt",
  "pyproject.toml",
  "Pipfile",
  "setup.cfg",
  "setup.py",
  "conda-project.yml",
  "anaconda-project.yml",
  "pixi.toml",
  "environment.yml",
  "python_env.yaml",
  "MLproject",
  "Snakefile",
];

/** Scripts that complete an image: what they install stands beside a spec, and is one only where there is no other. */
const images = new Set(["Dockerfile", "binder", "devcontainer.json"]);

/** The names under which such files are looked for first; others stand beside them. */
const usualName =
  /^(?:requirements\.(?:txt|in)|environment\.ya?ml|conda\.ya?ml|pyproject\.toml|Pipfile|setup\.(?:py|cfg)|(?:conda|anaconda)-project\.ya?ml|pixi\.toml|python_env\.ya?ml|MLproject)$/u;

/** Names of what is installed to work on a project, not to run it. */
const beside =
  /(?:^|[-_./])(?:dev|develop|development|tests?|docs?|lint|ci|build|style|typing|release)(?=[-_./]|$)/iu;

/**
 * The one file that says what to install, of those in `folder` (relative to the root; "" is the root) and in the folders
 * where such files are kept; null where none does. What declares for running counts before what declares for work alone,
 * a file in the folder itself before Binder's, and that before any other. An empty requirements.txt says that nothing is
 * needed.
 */
export function chooseSpec(manifests: readonly Manifest[], folder = ""): Manifest | null {
  const ranked = manifests
    .filter(
      (manifest) => !manifest.isLock && (formats.includes(manifest.format) || images.has(manifest.format)),
    )
    .map((manifest) => ({ manifest, rank: rankOf(manifest, folder, manifests) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => compareRanks(a.rank ?? [], b.rank ?? []));
  const [best] = ranked;
  const isOwn = best?.rank?.[0] === 0 && best.rank[1] === 0;
  const binder = isOwn || folder !== "" ? null : binderSpec(manifests);
  return binder ?? best?.manifest ?? null;
}

/** How far from being the spec: by what it declares, its folder, its name, its format. Null where it is none. */
function rankOf(
  manifest: Manifest,
  folder: string,
  manifests: readonly Manifest[],
): readonly number[] | null {
  const { format, path } = manifest;
  const kind = kindOf(manifest, folder === "" ? path : path.slice(folder.length + 1));
  if (kind === null) return null;
  const here = posix.dirname(path) === (folder === "" ? "." : folder) ? 0 : 1;
  const name = posix.basename(path);
  const odd = usualName.test(name) ? 0 : 1;
  const strange = isStrangeToLock(manifest, manifests) ? 1 : 0;
  return [kind, here, odd, strange, formats.indexOf(format), name.endsWith(".in") ? 1 : 0];
}

/** The locks of tools that keep one, with the file that each is made from. */
const madeFrom: Readonly<Record<string, string>> = {
  "Pipfile.lock": "Pipfile",
  "poetry.lock": "pyproject.toml",
  "uv.lock": "pyproject.toml",
  "pdm.lock": "pyproject.toml",
};

/**
 * True for a requirements.txt that names what the lock beside it does not hold, where what the lock is made from stands
 * there too: a list of what some machine had, or one that was forgotten, and not what the lock installs.
 */
function isStrangeToLock({ format, path, requirements }: Manifest, manifests: readonly Manifest[]): boolean {
  if (format !== "requirements.txt") return false;
  const isBeside = (one: Manifest): boolean => posix.dirname(one.path) === posix.dirname(path);
  const lock = manifests.find((one) => Object.hasOwn(madeFrom, one.format) && isBeside(one));
  if (lock === undefined || lock.requirements.length === 0) return false;
  const owner = manifests.find((one) => one.format === madeFrom[lock.format] && isBeside(one));
  if (owner?.requirements.some(({ group }) => group === "") !== true) return false;
  const held = new Set(lock.requirements.map(({ name }) => name));
  return requirements.some(
    ({ ecosystem, group, name, marker }) =>
      ecosystem === "pypi" && group === "" && name !== "" && marker === null && !held.has(name),
  );
}

/** 0: what it runs with; 1: what an image is completed with; 2: nothing, or other groups alone; 3: what is worked with. */
function kindOf({ format, path, requirements, python }: Manifest, inFolder: string): number | null {
  const runs = requirements.some(({ group }) => group === "");
  if (images.has(format)) return runs ? 1 : null;
  if (path === "requirements.txt") return 0;
  if (beside.test(inFolder)) return runs ? 3 : null;
  if (runs) return 0;
  const isGroups = requirements.some(
    ({ ecosystem, group }) => ecosystem === "pypi" && group !== "build-system",
  );
  const isEmpty = format === "requirements.txt" || (format === "environment.yml" && python !== null);
  return isGroups || isEmpty ? 2 : null;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
