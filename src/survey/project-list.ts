import path from "node:path";
import { ToolError } from "../model/index.ts";
import { isDirectory, lookUp, readText } from "../system/index.ts";

export interface ListedProject {
  /** The folder's name; the path as given where two have the same. */
  readonly name: string;
  /** As it was given. */
  readonly given: string;
  /** Absolute path. */
  readonly directory: string;
}

/**
 * The projects that the words of a command line name, each once: folders, and lists of folders. A list is a text file
 * with a folder on each line ("#" begins a comment) or a JSON list of folders, as seen from where it lies. A folder that
 * is not there is named all the same: its project says so. Throws ToolError USAGE, PATH_UNREADABLE.
 */
export function listProjects(words: readonly string[]): readonly ListedProject[] {
  const places = words.flatMap((word) => {
    if (lookUp(word)?.isFile === true) return foldersIn(word);
    return [{ given: word, directory: path.resolve(word) }];
  });
  const once = new Map(places.map((place) => [lookUp(place.directory)?.realPath ?? place.directory, place]));
  const projects = [...once.values()];
  const names = projects.map(({ directory }) => path.basename(directory));
  return projects.map(({ given, directory }, index) => {
    const name = names[index] ?? "";
    const isAlone = name !== "" && names.indexOf(name) === names.lastIndexOf(name);
    return { name: isAlone ? name : given, given, directory };
  });
}

function foldersIn(list: string): readonly Omit<ListedProject, "name">[] {
  const base = path.dirname(path.resolve(list));
  const text = readText(list);
  const folders = text.trimStart().startsWith("[") ? jsonList(list, text) : lineList(text);
  const places = folders.map((given) => ({ given, directory: path.resolve(base, given) }));
  // A file that was caught by a pattern (README.md among folders) is no list.
  if (places.length > 0 && places.every(({ directory }) => !isDirectory(directory))) {
    throw new ToolError("USAGE", `${list} names no folder that is there`, {
      hint: "Give project folders, or a file that names one on each line, as seen from where that file lies.",
      location: { file: list },
    });
  }
  return places;
}

function lineList(text: string): readonly string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.replace(/(?:^|\s)#.*$/u, "").trim())
    .filter((line) => line !== "");
}

function jsonList(list: string, text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  } catch {
    // Said below.
  }
  throw new ToolError("USAGE", `${list} is not a JSON list of folders`, { location: { file: list } });
}
