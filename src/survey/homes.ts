/**
 * The folder that an entry belongs to: in a repository of many projects the nearest above it that declares dependencies.
 * Entries of one home are revived together, with that folder as their root.
 */
export interface Home {
  /** Relative to the project's root; "" is the root itself. */
  readonly folder: string;
  readonly entries: readonly HomeEntry[];
}

export interface HomeEntry {
  /** As seen from the home. */
  readonly entry: string;
  /** As it was asked for. One that was asked for can stand in several homes: then it must run in each. */
  readonly asked: string;
}

/** What is asked of the tree; paths are relative to its root. */
export interface HomeTree {
  /** Whether a folder itself ("" is the root) holds a file that declares dependencies. */
  readonly declares: (folder: string) => boolean;
  readonly hasFile: (path: string) => boolean;
  readonly readText: (path: string) => string | null;
}

/** Groups entries by home, in the order in which the homes are first met. */
export function groupByHome(asked: readonly string[], tree: HomeTree): readonly Home[] {
  const placed = asked.map((entry) => ({ asked: entry, place: placeOf(entry) }));
  const named = new Set(placed.map(({ place }) => homeOf(place, tree)).filter((folder) => folder !== ""));
  const homes = new Map<string, HomeEntry[]>();
  const add = (folder: string, entry: HomeEntry): void => {
    homes.set(folder, [...(homes.get(folder) ?? []), entry]);
  };
  for (const { asked: entry, place } of placed) {
    const inEach = place.folder === "" && !place.isNotebook ? foldersOfLine(place, named, tree) : [];
    const [only = homeOf(place, tree)] = inEach;
    const folders = inEach.length > 1 ? inEach : [only];
    for (const folder of folders) {
      const seen = inEach.length > 0 ? place.rest : seenFrom(folder, place, entry);
      add(folder, { entry: seen, asked: entry });
    }
  }
  return [...homes].map(([folder, entries]) => ({ folder, entries }));
}

interface Place {
  /** Where it runs, relative to the root. */
  readonly folder: string;
  /** The line without `cd FOLDER &&`, or the notebook's path. */
  readonly rest: string;
  readonly isNotebook: boolean;
  /** The line was said to be meant for each folder. */
  readonly inEach: boolean;
}

const intoFolder = /^cd (?:"([^"$`\\]+)"|'([^']+)'|([\w./+@%-]+)) *(?:&&|;) *(?=\S)/u;
const eachFolder = / +\(in each folder\)$/u;

function placeOf(entry: string): Place {
  if (entry.startsWith("nb:")) {
    const rest = plainPath(entry.slice(3));
    return { folder: folderOf(rest), rest, isNotebook: true, inEach: false };
  }
  const line = entry.replace(eachFolder, "");
  const inEach = line !== entry;
  const [start = "", ...names] = intoFolder.exec(line) ?? [];
  const folder = plainPath(names.find((name) => name !== undefined) ?? "");
  if (start === "" || folder === ".." || folder.startsWith("../") || folder.startsWith("/")) {
    return { folder: "", rest: line, isNotebook: false, inEach };
  }
  return { folder, rest: line.slice(start.length), isNotebook: false, inEach };
}

function homeOf(place: Place, tree: HomeTree): string {
  let home = place.folder;
  while (home !== "" && !(tree.declares(home) && staysInside(home, place, tree))) home = folderOf(home);
  return home;
}

/** An entry as its home sees it. */
function seenFrom(home: string, { folder, rest, isNotebook }: Place, entry: string): string {
  if (home === "") return entry.replace(eachFolder, "");
  if (isNotebook) return `nb:${rest.slice(home.length + 1)}`;
  const below = folder.slice(home.length + 1);
  if (below === "") return rest;
  return `cd ${/^[\w./+@%-]+$/u.test(below) ? below : `'${below}'`} && ${rest}`;
}

// Programs that read their own file in the folder where they are called, and what shows in that file that it knows a name.
const readsHere: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^anaconda-project +run +([\w.-]+)/u, ["anaconda-project.yml", "anaconda-project.yaml"]],
  [/^conda +project +run +([\w.-]+)/u, ["conda-project.yml", "conda-project.yaml"]],
  [/^pixi +run +([\w.-]+)/u, ["pixi.toml"]],
  [/^make +([\w.-]+) *$/u, ["Makefile", "makefile"]],
  [/^just +([\w.-]+)/u, ["justfile"]],
  [/^dvc +(repro)\b/u, ["dvc.yaml"]],
  [/^mlflow +run +(\.)(?= |$)/u, ["MLproject"]],
];

/**
 * The homes in which a line of the root is meant: those that the other entries name, where it is said to be for each
 * folder, or where its program finds its file in each of them and none at the root. None where it is meant for the root.
 */
function foldersOfLine(
  { rest, inEach }: Place,
  named: ReadonlySet<string>,
  tree: HomeTree,
): readonly string[] {
  if (inEach) return [...named];
  for (const [program, files] of readsHere) {
    const [, name] = program.exec(rest) ?? [];
    if (name === undefined || files.some((file) => tree.hasFile(file))) continue;
    const knows = (folder: string): boolean =>
      files.some((file) => (tree.readText(`${folder}/${file}`) ?? "").includes(name));
    return [...named].filter(knows);
  }
  return [];
}

// A quoted path that climbs: "../data/x.csv", '../..'.
const climbing = /["'](?:\.\/)?((?:\.\.[\\/])*\.\.)(?=[\\/"'])/gu;

/** Whether no path in the entry's code climbs out of its home, as far as its text shows. */
function staysInside(home: string, { folder, rest, isNotebook }: Place, tree: HomeTree): boolean {
  const depth = folder.split("/").length - home.split("/").length;
  const text = isNotebook ? tree.readText(rest) : scriptsOf(rest, folder, tree);
  return [...(text ?? "").matchAll(climbing)].every(([, path = ""]) => path.split(/[\\/]/u).length <= depth);
}

/** The text of the Python files that a line names, and the line itself. */
function scriptsOf(line: string, folder: string, tree: HomeTree): string {
  const files = [...line.matchAll(/[\w./-]+\.py\b/gu)].map(([file]) => plainPath(`${folder}/${file}`));
  const words = line.replaceAll(/(?<=^|[ =])(\.\.[^ ]*)/gu, '"$1"');
  return [words, ...files.map((file) => tree.readText(file) ?? "")].join("\n");
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}
