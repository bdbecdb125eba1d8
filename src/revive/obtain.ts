import { basename, dirname, resolve } from "node:path";
import { unpackArchive } from "../artifacts/index.ts";
import { ToolError } from "../model/index.ts";
import { cloneRepository } from "../project/index.ts";
import {
  entryKind,
  isDirectory,
  joinPath,
  listNames,
  makeDirectory,
  moveEntry,
  temporaryDirectory,
} from "../system/index.ts";

const archive = /\.(?:zip|tar|tar\.gz|tgz|tar\.zst)$/iu;
const gitUrl = /^(?:https?|git|ssh|file):\/\/|^[\w.-]+@[\w.-]+:/iu;

/**
 * The folder of a project that is given as a folder, an archive or a Git URL. The latter two are put into `into`, else
 * into a folder of their name beside where Rung was started.
 * Throws ToolError USAGE (the folder is taken), DOWNLOAD_FAILED, UNSAFE_ARCHIVE or PROJECT_NOT_FOUND.
 */
export async function obtainProject(
  source: string,
  into: string | null,
  progress: (message: string) => void,
): Promise<string> {
  if (isDirectory(resolve(source))) {
    if (into === null) return source;
    throw new ToolError("USAGE", "--into is for archives and Git URLs; a folder is revived where it is", {
      hint: "Leave --into out, or copy the folder yourself first.",
    });
  }
  if (gitUrl.test(source)) {
    const target = freeFolder(into ?? nameOf(source.replace(/\.git\/?$/u, "")));
    progress(`cloning ${basename(target)}`);
    await filled(target, (place) => cloneRepository(source, place));
    return target;
  }
  if (archive.test(source) && entryKind(resolve(source)) !== null) {
    const target = freeFolder(into ?? nameOf(source.replace(archive, "")));
    progress(`unpacking ${basename(source)}`);
    // The times of its files are what tells its day.
    await filled(target, (place) => unpackArchive(resolve(source), place, { keepTimes: true }));
    return onlyFolder(target);
  }
  throw new ToolError("PROJECT_NOT_FOUND", `${source} is no folder, no archive and no Git URL`, {
    hint: "Give a folder, a .zip, .tar.gz or .tar.zst file, or a URL such as https://example.org/lab/paper.git.",
  });
}

const nameOf = (source: string): string =>
  basename(source.replace(/[/:]+$/u, "").replace(/^.*[/:]/u, "")) || "project";

function freeFolder(name: string): string {
  const target = resolve(name);
  if (entryKind(target) === null || (isDirectory(target) && listNames(target).length === 0)) return target;
  throw new ToolError("USAGE", `${target} is there already`, { hint: "Name another folder: --into FOLDER." });
}

/** Fills a folder elsewhere and moves it to `target` when it is whole: what fails or is interrupted leaves nothing there. */
async function filled(target: string, fill: (place: string) => Promise<unknown>): Promise<void> {
  const parent = dirname(target);
  makeDirectory(parent);
  using room = temporaryDirectory("obtain", parent);
  const place = joinPath(room.path, "project");
  await fill(place);
  moveEntry(place, target);
}

/** Most archives hold one folder, and that is the project. */
function onlyFolder(target: string): string {
  const names = listNames(target);
  const [only] = names;
  const inside = only === undefined ? target : joinPath(target, only);
  return names.length === 1 && isDirectory(inside) ? inside : target;
}
